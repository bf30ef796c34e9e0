/** Paints masks from interpolated logits, only looking closely where the outline runs. */

import { TAP_COUNT } from './interpolation.js';

/** @import { AxisTaps } from './interpolation.js' */
/** @import { MaskRegion } from '../types.js' */

const ALL_OUTSIDE = 0;
const BOTH_SIDES = 1;
const ALL_INSIDE = 2;

/**
 * Paints a region block by block; a block is all pixels that depend on the same low-resolution values. Interpolated values
 * lie between the values they come from, so blocks whose values all agree are filled or left out.
 */
export class BlockPainter {
  #near = new Float64Array(TAP_COUNT * TAP_COUNT);

  /**
   * @param {Float32Array} logits - Low-resolution logits, row by row, side * side values.
   * @param {number} side - Of the square of logits.
   * @param {number} threshold - A pixel is inside if its logit is greater.
   * @param {AxisTaps} columns - Weights for every column of the image.
   * @param {AxisTaps} rows - Weights for every row of the image.
   * @param {MaskRegion} region - Its mask is all 0 and is painted here.
   */
  constructor(logits, side, threshold, columns, rows, region) {
    this.logits = logits;
    this.side = side;
    this.threshold = threshold;
    this.columns = columns;
    this.rows = rows;
    this.region = region;
  }

  /** Paint all blocks; neighbours that are wholly inside are filled together. */
  paint() {
    const { columns, rows, region } = this;
    for (let rowGroup = 0; rowGroup + 1 < rows.groupStarts.length; rowGroup += 1) {
      const top = rows.groupStarts[rowGroup];
      const bottom = rows.groupStarts[rowGroup + 1];
      if (bottom <= region.y || top >= region.y + region.height) continue;
      let insideFrom = -1;
      for (let group = 0; group + 1 < columns.groupStarts.length; group += 1) {
        const left = columns.groupStarts[group];
        const right = columns.groupStarts[group + 1];
        if (right <= region.x || left >= region.x + region.width) continue;
        const sides = this.#classify(columns.bases[left], rows.bases[top]);
        if (sides === ALL_INSIDE) {
          if (insideFrom < 0) insideFrom = left;
          continue;
        }
        if (insideFrom >= 0) this.#fill(insideFrom, left, top, bottom);
        insideFrom = -1;
        if (sides === BOTH_SIDES) this.#compute(left, right, top, bottom);
      }
      if (insideFrom >= 0) this.#fill(insideFrom, region.x + region.width, top, bottom);
    }
  }

  /**
   * Read the 3 x 3 values that a block depends on.
   *
   * @param {number} x - Low-resolution column of the first.
   * @param {number} y - Low-resolution row of the first.
   * @returns {number} ALL_INSIDE, ALL_OUTSIDE or BOTH_SIDES.
   */
  #classify(x, y) {
    const last = this.side - 1;
    let inside = 0;
    for (let row = 0, at = 0; row < TAP_COUNT; row += 1) {
      const line = Math.min(y + row, last) * this.side;
      for (let column = 0; column < TAP_COUNT; column += 1, at += 1) {
        const value = this.logits[line + Math.min(x + column, last)];
        this.#near[at] = value;
        if (value > this.threshold) inside += 1;
      }
    }
    if (inside === 0) return ALL_OUTSIDE;
    return inside === this.#near.length ? ALL_INSIDE : BOTH_SIDES;
  }

  /**
   * @param {number} left
   * @param {number} right
   * @param {number} top
   * @param {number} bottom
   */
  #fill(left, right, top, bottom) {
    const { mask, x, y, width } = this.region;
    for (let row = top; row < bottom; row += 1) {
      const line = (row - y) * width - x;
      mask.fill(1, line + left, line + right);
    }
  }

  /**
   * @param {number} left
   * @param {number} right
   * @param {number} top
   * @param {number} bottom
   */
  #compute(left, right, top, bottom) {
    const near = this.#near;
    const threshold = this.threshold;
    const { mask, x, y, width } = this.region;
    const across = this.columns.weights;
    const down = this.rows.weights;
    for (let row = top; row < bottom; row += 1) {
      const w0 = down[TAP_COUNT * row];
      const w1 = down[TAP_COUNT * row + 1];
      const w2 = down[TAP_COUNT * row + 2];
      const v0 = w0 * near[0] + w1 * near[3] + w2 * near[6];
      const v1 = w0 * near[1] + w1 * near[4] + w2 * near[7];
      const v2 = w0 * near[2] + w1 * near[5] + w2 * near[8];
      const line = (row - y) * width - x;
      if (v0 <= threshold && v1 <= threshold && v2 <= threshold) continue;
      if (v0 > threshold && v1 > threshold && v2 > threshold) {
        mask.fill(1, line + left, line + right);
        continue;
      }
      for (let column = left, at = TAP_COUNT * left; column < right; column += 1, at += TAP_COUNT) {
        const value = v0 * across[at] + v1 * across[at + 1] + v2 * across[at + 2];
        if (value > threshold) mask[line + column] = 1;
      }
    }
  }
}
