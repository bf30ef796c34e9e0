/** Counts the objects that share pixels, when the hand rests. */

/** @import {KeptObject, SessionState, SessionStore} from '../state/state_types.js' */

import { setOverlaps } from '../state/actions/overlap_actions.js';
import { overlappingPairs } from '../state/overlap.js';
import { keptObjects } from '../state/selectors.js';

/**
 * Follow the objects of the open image from now on.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {(run: () => void) => void} [parts.whenIdle] runs something when the page has nothing else to do
 * @returns {() => void} stops following
 */
export function watchOverlaps({ store, whenIdle = idle }) {
  /** @type {ReadonlyArray<KeptObject> | null} */
  let compared = null;
  let waits = false;
  const compare = () => {
    waits = false;
    const { currentImageId } = store.get();
    const objects = keptObjects(store.get());
    if (currentImageId === null || objects === compared) return;
    compared = objects;
    store.apply(setOverlaps(currentImageId, overlappingPairs(objects)));
  };
  const follow = (/** @type {SessionState} */ state) => {
    if (waits || keptObjects(state) === compared) return;
    waits = true;
    whenIdle(compare);
  };
  return store.subscribe(follow);
}

/** @type {(run: () => void) => void} Safari has no idle callbacks */
const idle = (run) => {
  if ('requestIdleCallback' in globalThis) globalThis.requestIdleCallback(run, { timeout: 1000 });
  else setTimeout(run, 200);
};
