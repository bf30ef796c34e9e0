/** Makes the exact mask again, in the worker, when the threshold of the open object has come to rest. */

/** @import {ExactMask, LogitsPlacement} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { receiveExact } from '../state/actions/threshold_actions.js';
import { isExact, thresholdOf } from '../state/mask_threshold.js';
import { openDraft, shownCandidate } from '../state/selectors.js';
import { text } from '../texts/texts.js';

/** How long the threshold must rest, in milliseconds. Until then only the screen follows. */
const REST = 150;

/**
 * @typedef {object} ExactMasks
 * @property {() => () => void} start follows the session; the returned function ends it
 * @property {() => Promise<boolean>} settle makes the shown mask exact now; false when that failed
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {(logits: Float32Array, side: number, placement: LogitsPlacement) => Promise<ExactMask>} parts.makeExact makes a
 *   mask at image size
 * @param {ReportProblem} parts.report shows problems
 * @returns {ExactMasks} the service
 */
export function createExactMasks({ store, makeExact, report }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  /** @type {Promise<boolean> | null} */
  let making = null;

  const makeOnce = async () => {
    const { currentImageId } = store.get();
    const draft = openDraft(store.get());
    const shown = shownCandidate(draft);
    const threshold = thresholdOf(draft);
    if (isExact(draft) || !shown?.placement || threshold === null || currentImageId === null) return;
    const mask = await makeExact(shown.logits, shown.side, { ...shown.placement, threshold });
    store.apply(receiveExact(currentImageId, shown, mask, threshold));
  };
  const makeAll = async () => {
    try {
      // The threshold may move on while a mask is being made.
      while (!isExact(openDraft(store.get()))) await makeOnce();
      return true;
    } catch (problem) {
      report(problem, text('the mask does not follow the threshold'));
      return false;
    } finally {
      making = null;
    }
  };
  const settle = () => {
    clearTimeout(resting);
    making ??= makeAll();
    return making;
  };

  return {
    settle,
    start: () =>
      store.subscribe((state, previous) => {
        if (openDraft(state) === openDraft(previous)) return;
        clearTimeout(resting);
        if (!isExact(openDraft(state))) resting = setTimeout(settle, REST);
      }),
  };
}
