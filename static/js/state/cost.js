/** Means of what masks cost, and axes to show them on. */

/** @import {CostJson} from '../types.js' */

/**
 * @typedef {object} CostMeans
 * @property {number | null} seconds working time per mask; null while nothing was measured
 * @property {number | null} clicks per mask
 * @property {number | null} undos steps taken back per mask
 * @property {number | null} handEdits changes without the model per mask
 * @property {number | null} perImage masks per image that has some
 */

/**
 * Work the means out.
 *
 * @param {CostJson} cost sums over some masks
 * @returns {CostMeans} each null where there is nothing to divide by
 */
export function meansOf(cost) {
  /** @type {(sum: number, count: number) => number | null} */
  const mean = (sum, count) => (count > 0 ? sum / count : null);
  const measured = cost.measured_count;
  return {
    seconds: mean(cost.active_ms / 1000, measured),
    clicks: mean(cost.clicks, measured),
    undos: mean(cost.undo_count, measured),
    handEdits: mean(cost.hand_edits, measured),
    perImage: mean(cost.object_count, cost.image_count),
  };
}

/**
 * Choose round numbers for an axis from 0.
 *
 * @param {number} largest the largest value to show, 0 or more
 * @returns {number[]} three to six values from 0; the last is not below the largest
 */
export function axisTicks(largest) {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const count = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}
