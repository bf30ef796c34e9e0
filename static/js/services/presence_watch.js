/** Says every few seconds that somebody is on the open image, and learns who else is. */

/** @import {TeamworkApi} from '../api/teamwork_api.js' */
/** @import {ImageId, SessionState, SessionStore} from '../state/state_types.js' */

import { setOthers } from '../state/actions/team_actions.js';

/** The server forgets who is silent for 20 seconds. */
const PAUSE = 8000;

/**
 * Make the watch.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<TeamworkApi, 'here' | 'leave'>} parts.api the server
 * @param {(run: () => void, pause: number) => unknown} [parts.schedule] `setTimeout`, or what a test puts in its place
 * @returns {{start: () => void}} follows the session once it is started; without accounts it asks nothing
 */
export function createPresenceWatch({ store, api, schedule = (run, pause) => setTimeout(run, pause) }) {
  /** Grows with every place, so that what was begun at an earlier one ends. */
  let turn = 0;

  /** @type {(imageId: ImageId, begun: number) => Promise<void>} */
  const stay = async (imageId, begun) => {
    // Nobody misses a sign that does not arrive: the next one follows, and other requests say that the server is away.
    const others = await api.here(imageId).catch(() => null);
    if (begun !== turn) return;
    if (others) store.apply(setOthers(others));
    schedule(() => begun === turn && void stay(imageId, begun), PAUSE);
  };
  /** @type {(imageId: ImageId | null, left: ImageId | null) => void} */
  const move = (imageId, left) => {
    turn += 1;
    store.apply(setOthers([]));
    if (left !== null) void api.leave(left).catch(() => null);
    if (imageId !== null) void stay(imageId, turn);
  };

  return {
    start() {
      const first = placeOf(store.get());
      if (first !== null) move(first, null);
      store.subscribe((state, previous) => {
        const [place, left] = [placeOf(state), placeOf(previous)];
        if (place !== left) move(place, left);
      });
    },
  };
}

/** @type {(state: SessionState) => ImageId | null} */
function placeOf({ team, screen, currentImageId }) {
  return team.user && screen === 'work' ? currentImageId : null;
}
