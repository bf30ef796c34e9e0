/** The three readings of an ambiguous click by their size: the whole, a part, a sub-part. */

/** @import {ReadingName} from './state_types.js' */

/**
 * All readings, largest first.
 *
 * @type {readonly ReadingName[]}
 */
export const READINGS = Object.freeze(['whole', 'part', 'subpart']);

/**
 * Find the mask that a reading means.
 *
 * @param {readonly number[]} sizes of the masks on offer, the best predicted first
 * @param {ReadingName | null} wanted null for the best predicted
 * @returns {number} its index; 0 where there are not three to choose from
 */
export function readingIndex(sizes, wanted) {
  if (wanted === null || sizes.length !== READINGS.length) return 0;
  return bySize(sizes)[READINGS.indexOf(wanted)];
}

/**
 * Name the reading of a mask.
 *
 * @param {readonly number[]} sizes of the masks on offer
 * @param {number} index which mask
 * @returns {ReadingName | null} null where there are not three
 */
export function readingName(sizes, index) {
  if (sizes.length !== READINGS.length) return null;
  return READINGS[bySize(sizes).indexOf(index)] ?? null;
}

/** @type {(sizes: readonly number[]) => number[]} indices, largest first; of equal ones the better predicted */
const bySize = (sizes) => sizes.map((_, index) => index).sort((a, b) => sizes[b] - sizes[a] || a - b);
