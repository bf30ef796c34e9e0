/**
 * From low-resolution logits to the exact mask at image size, by the rule of the reference: bilinear to the padded
 * model square, crop, bilinear to the image, greater than the threshold.
 */

import { BlockPainter } from './block_painter.js';
import { axisTaps } from './interpolation.js';
import { frameOf } from './placement.js';

/** @import { AxisTaps } from './interpolation.js' */
/** @import { LogitsPlacement, MaskRegion } from '../types.js' */

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
export function regionFromLogits(logits, side, { imageSize, crop, inputSize, modelSize, threshold }) {
  if (logits.length !== side * side) {
    throw new RangeError(`logits must hold ${side} x ${side} = ${side * side} values, got ${logits.length}`);
  }
  const frame = frameOf({ imageSize, crop });
  const columns = axisTaps(side, modelSize, inputSize.width, frame.width);
  const rows = axisTaps(side, modelSize, inputSize.height, frame.height);
  const positive = positiveLines(logits, side, threshold);
  const horizontal = alignedRange(reachableRange(columns, positive.columns), frame.width);
  const vertical = reachableRange(rows, positive.rows);
  const width = horizontal.end - horizontal.start;
  const height = vertical.end - vertical.start;
  const region = { mask: new Uint8Array(width * height), x: horizontal.start, y: vertical.start, width, height };
  if (width > 0 && height > 0) new BlockPainter(logits, side, threshold, columns, rows, region).paint();
  return { ...region, x: region.x + frame.x, y: region.y + frame.y };
}

/**
 * Estimate how much of what the logits lie on is inside, from the logits alone.
 *
 * @param {Float32Array} logits - Low-resolution logits, row by row, side * side values.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {number} 0 to 1: the share of the logits, without the padding, that are above the threshold.
 */
export function coverageOfLogits(logits, side, { inputSize, modelSize, threshold }) {
  const columns = Math.max(1, Math.round((inputSize.width * side) / modelSize));
  const rows = Math.max(1, Math.round((inputSize.height * side) / modelSize));
  let inside = 0;
  for (let y = 0; y < rows; y += 1) {
    for (let at = y * side; at < y * side + columns; at += 1) inside += logits[at] > threshold ? 1 : 0;
  }
  return inside / (columns * rows);
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
 * @param {number} limit - Width of the image, or of the part that the logits lie on.
 */
function alignedRange({ start, end }, limit) {
  const width = Math.ceil((end - start) / 4) * 4;
  if (width > limit) return { start, end };
  const shifted = Math.min(start, limit - width);
  return { start: shifted, end: shifted + width };
}
