/** Where the inside of the open object begins: the model's own threshold, or the one that the annotator chose. */

/** @import {Draft} from './state_types.js' */

import { shownCandidate } from './draft.js';

/** How far the threshold can be moved, and by how much at a time. Logits have no unit. */
export const THRESHOLD_RANGE = Object.freeze({ low: -10, high: 10, step: 0.25 });

/**
 * Name the threshold in force.
 *
 * @param {Draft | null} draft the open object
 * @returns {number | null} null when it cannot be moved: no answer of this page's decoder is shown, or it was changed by
 *   hand since
 */
export function thresholdOf(draft) {
  const shown = shownCandidate(draft);
  const drawn = (draft?.handEdits.length ?? 0) > 0;
  if (!draft || drawn || !shown?.placement || shown.logits.length === 0) return null;
  return draft.threshold ?? shown.placement.threshold;
}

/**
 * Say whether the exact mask of the shown candidate was made with the threshold in force.
 *
 * @param {Draft | null} draft the open object
 * @returns {boolean} false while the exact mask still has to follow the threshold; an answer that is under way is made
 *   with the right one
 */
export function isExact(draft) {
  const threshold = thresholdOf(draft);
  return threshold === null || draft?.answered === false || shownCandidate(draft)?.placement?.threshold === threshold;
}

/**
 * Bring a threshold into the range.
 *
 * @param {number} threshold any number
 * @returns {number} the nearest step of the range
 */
export function snapThreshold(threshold) {
  const { low, high, step } = THRESHOLD_RANGE;
  return Math.min(high, Math.max(low, Math.round(threshold / step) * step));
}
