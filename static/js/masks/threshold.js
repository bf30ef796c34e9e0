/**
 * From low-resolution logits to the exact mask at image size, by the rule of the reference: bilinear to the padded
 * model square, crop, bilinear to the image, greater than the threshold. Interpolated values lie between the values
 * they come from, so blocks whose neighbours all agree are filled or left out, and only the outline is computed.
 */

import { TAP_COUNT, axisTaps } from './interpolation.js';

/** @import { AxisTaps } from './interpolation.js' */
/** @import { LogitsPlacement } from '../types.js' */

/**
 * A piece of a mask: row by row, 1 inside and 0 outside, its top left corner at x, y of the image.
 *
 * @typedef {{ mask: Uint8Array, x: number, y: number, width: number, height: number }} MaskRegion
 */

/**
 * Compute the mask at image size.
 *
 * @param {Float32Array} logits - Low-resolution logits, row by row, side * side values.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {Uint8Array} Row by row, 1 inside and 0 outside.
 * @throws {RangeError} If the logits are not a square of that side, or the sizes do not fit together.
 */
export function maskFromLogits(logits, side, placement) {
  const { width, height } = placement.imageSize;
  const region = regionFromLogits(logits, side, placement);
  if (region.width === width && region.height === height) return region.mask;
  const mask = new Uint8Array(width * height);
  for (let row = 0; row < region.height; row += 1) {
    const piece = region.mask.subarray(row * region.width, (row + 1) * region.width);
    mask.set(piece, (region.y + row) * width + region.x);
  }
  return mask;
}

/**
 * Compute the only part of the mask that can have pixels inside.
 *
 * @param {Float32Array} logits - Low-resolution logits, row by row, side * side values.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {MaskRegion} In image pixels; of size 0 if the mask is empty.
 * @throws {RangeError} If the logits are not a square of that side, or the sizes do not fit together.
 */
export function regionFromLogits(logits, side, { imageSize, inputSize, modelSize, threshold }) {
  if (logits.length !== side * side) {
    throw new RangeError(`logits must hold ${side} x ${side} = ${side * side} values, got ${logits.length}`);
  }
  const columns = axisTaps(side, modelSize, inputSize.width, imageSize.width);
  const rows = axisTaps(side, modelSize, inputSize.height, imageSize.height);
  const positive = positiveLines(logits, side, threshold);
  const horizontal = alignedRange(reachableRange(columns, positive.columns), imageSize.width);
  const vertical = reachableRange(rows, positive.rows);
  const width = horizontal.end - horizontal.start;
  const height = vertical.end - vertical.start;
  const region = { mask: new Uint8Array(width * height), x: horizontal.start, y: vertical.start, width, height };
  if (width > 0 && height > 0) new BlockPainter(logits, side, threshold, columns, rows, region).paint();
  return region;
}

/**
 * @param {Float32Array} logits
 * @param {number} side
 * @param {number} threshold
 * @returns {{ columns: Uint8Array, rows: Uint8Array }} 1 for each low-resolution line with a value above the threshold.
 */
function positiveLines(logits, side, threshold) {
  const columns = new Uint8Array(side);
  const rows = new Uint8Array(side);
  for (let y = 0, at = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1, at += 1) {
      if (logits[at] > threshold) {
        columns[x] = 1;
        rows[y] = 1;
      }
    }
  }
  return { columns, rows };
}

/**
 * @param {AxisTaps} taps
 * @param {Uint8Array} positive - 1 for each low-resolution line with a value above the threshold.
 * @returns {{ start: number, end: number }} The groups of image pixels that depend on one of those lines.
 */
function reachableRange({ bases, groupStarts }, positive) {
  let start = 0;
  let end = 0;
  for (let group = 0; group + 1 < groupStarts.length; group += 1) {
    const base = bases[groupStarts[group]];
    if (!positive[base] && !positive[base + 1] && !positive[base + 2]) continue;
    if (end === 0) start = groupStarts[group];
    end = groupStarts[group + 1];
  }
  return { start, end };
}

/**
 * Widen a range to a multiple of four pixels where the image allows it: such rows can be compared four bytes at a time.
 *
 * @param {{ start: number, end: number }} range
 * @param {number} limit - Width of the image.
 */
function alignedRange({ start, end }, limit) {
  const width = Math.ceil((end - start) / 4) * 4;
  if (width > limit) return { start, end };
  const shifted = Math.min(start, limit - width);
  return { start: shifted, end: shifted + width };
}

/** Paints a region block by block; a block is all pixels that depend on the same low-resolution values. */
class BlockPainter {
  #near = new Float64Array(TAP_COUNT * TAP_COUNT);

  /**
   * @param {Float32Array} logits
   * @param {number} side
   * @param {number} threshold
   * @param {AxisTaps} columns
   * @param {AxisTaps} rows
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

const ALL_OUTSIDE = 0;
const BOTH_SIDES = 1;
const ALL_INSIDE = 2;
