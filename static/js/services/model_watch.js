/** Notices when the server serves another model, and goes on with its decoder. */

/** @import {SessionStore} from '../state/state_types.js' */

import { NetworkError } from '../api/api_error.js';
import { dropFeatures } from '../state/actions/image_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { text } from '../texts/texts.js';

/** Pause between questions, in milliseconds. A page that nobody sees does not ask. */
const PAUSE = 5000;

/**
 * @typedef {object} ModelWatchParts
 * @property {SessionStore} store the session
 * @property {{renew: () => Promise<boolean>}} reading knows the model and asks for it again
 * @property {() => Promise<unknown>} reload loads the decoder of the model that answers now, and brings the open image
 *   back into it
 * @property {(problem: unknown, doing: string) => void} report shows problems
 * @property {() => boolean} isSeen whether a person sees the page
 * @property {(run: () => void, pause: number) => unknown} [schedule] `setTimeout`, or what a test puts in its place
 */

/** @typedef {{start: () => void, check: () => Promise<boolean>}} ModelWatch */

/**
 * Make the watcher. Kept and unfinished objects stay as they are; prompts that are set meanwhile are answered by the
 * new decoder.
 *
 * @param {ModelWatchParts} parts what it works with
 * @returns {ModelWatch} `start` asks from time to time, `check` asks at once and says whether the model was switched
 */
export function createModelWatch({ store, reading, reload, isSeen, report, schedule = setTimeout }) {
  const check = async () => {
    try {
      if (!(await reading.renew())) return false;
    } catch (problem) {
      // That the server does not answer is told elsewhere, and the next question comes anyway.
      if (!(problem instanceof NetworkError)) report(problem, text('the model of the server is not known'));
      return false;
    }
    store.apply(dropFeatures());
    const name = store.get().model?.name ?? '';
    store.apply(addNotice({ tone: 'info', message: text('{name} answers from now on', { name }), hint: '' }));
    await reload();
    return true;
  };
  const ask = () => {
    if (isSeen()) void check().then(again);
    else again();
  };
  const again = () => schedule(ask, PAUSE);
  return { start: again, check };
}
