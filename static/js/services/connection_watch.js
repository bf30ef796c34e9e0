/** Knows whether the server answers, from every request that is made, and finds out when it is back. */

/** @import {SessionStore} from '../state/state_types.js' */

import { setOnline } from '../state/actions/connection_actions.js';

/** Pauses between questions while the server does not answer, in milliseconds; the last one repeats. */
const PAUSES = [1000, 2000, 4000, 8000];

/**
 * Make the watcher.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {() => Promise<unknown>} parts.probe a small request; it is noted like every other
 * @param {() => void} parts.onBack the server answers again
 * @param {(run: () => void, pause: number) => unknown} [parts.schedule] `setTimeout`, or what a test puts in its place
 * @returns {{note: (reached: boolean) => void, watched: <T>(request: Promise<T>) => Promise<T>}} `note` takes what is
 *   known from elsewhere, `watched` what becomes of a request
 */
export function createConnectionWatch({ store, probe, onBack, schedule = (run, pause) => setTimeout(run, pause) }) {
  let attempt = 0;

  const ask = () => {
    if (store.get().online) return;
    const pause = PAUSES[Math.min(attempt, PAUSES.length - 1)];
    attempt += 1;
    // The answer is noted where all are; a failure only means that it is asked again.
    schedule(() => void probe().then(ask, ask), pause);
  };
  const note = (/** @type {boolean} */ reached) => {
    if (store.get().online === reached) return;
    store.apply(setOnline(reached));
    attempt = 0;
    if (reached) onBack();
    else ask();
  };

  return {
    note,
    async watched(request) {
      try {
        const answer = await request;
        note(true);
        return answer;
      } catch (problem) {
        // What the page itself cancelled says nothing about the server.
        if (!(problem instanceof DOMException && problem.name === 'AbortError')) note(false);
        throw problem;
      }
    },
  };
}
