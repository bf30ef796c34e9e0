/** Moves low-resolution logits from one part of an image to another, so that a prompt goes on where another embedding answers. */

import { frameOf } from './placement.js';

/** @import { LogitsPlacement } from '../types.js' */

/** What the decoder gives where it is sure that nothing is. */
const BACKGROUND = -10;

/** At most so many places of a target cell are looked at along each axis; more would change its mean by nothing. */
const MOST_SAMPLES = 8;

/** @typedef {Omit<LogitsPlacement, 'threshold'>} Sizes */

/**
 * Move the logits. A cell gets the mean over its area of what the bilinear rule gives between the centres of the earlier
 * ones; where those said nothing, it is background.
 *
 * @param {Float32Array} logits - Row by row, side * side values.
 * @param {number} side - Of both squares of logits.
 * @param {Sizes} from - What the logits lie on.
 * @param {Sizes} to - What they shall lie on.
 * @returns {Float32Array} Row by row, side * side values; the padding is background.
 */
export function logitsOnFrame(logits, side, from, to) {
  const columns = axisSamples(side, from, to, 'width');
  const rows = axisSamples(side, from, to, 'height');
  const moved = new Float32Array(side * side).fill(BACKGROUND);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (rows[y].length > 0 && columns[x].length > 0) moved[y * side + x] = meanAt(logits, side, columns[x], rows[y]);
    }
  }
  return moved;
}

/** @typedef {number | null} Sample a position in earlier cells, from the centre of the first; null beside them */

/**
 * @param {number} side
 * @param {Sizes} from
 * @param {Sizes} to
 * @param {'width' | 'height'} axis
 * @returns {Sample[][]} For each target cell the places in it; none for the padding.
 */
function axisSamples(side, from, to, axis) {
  const [source, target] = [frameOf(from), frameOf(to)];
  const [sourceStart, targetStart] = axis === 'width' ? [source.x, target.x] : [source.y, target.y];
  // Image pixels in a cell of either square.
  const sourceCell = ((from.modelSize / side) * source[axis]) / from.inputSize[axis];
  const targetCell = ((to.modelSize / side) * target[axis]) / to.inputSize[axis];
  const count = Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(targetCell / sourceCell)));
  return Array.from({ length: side }, (_, cell) => {
    if (cell * targetCell >= target[axis]) return [];
    return Array.from({ length: count }, (_, part) => {
      const place = targetStart + (cell + (part + 0.5) / count) * targetCell - sourceStart;
      if (place < 0 || place > source[axis]) return null;
      return Math.min(Math.max(place / sourceCell - 0.5, 0), side - 1);
    });
  });
}

/**
 * @param {Float32Array} logits
 * @param {number} side
 * @param {Sample[]} columns
 * @param {Sample[]} rows
 */
function meanAt(logits, side, columns, rows) {
  let sum = 0;
  for (const y of rows) {
    for (const x of columns) sum += x === null || y === null ? BACKGROUND : bilinear(logits, side, x, y);
  }
  return sum / (columns.length * rows.length);
}

/** @type {(logits: Float32Array, side: number, x: number, y: number) => number} */
function bilinear(logits, side, x, y) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, bottom] = [Math.min(left + 1, side - 1), Math.min(top + 1, side - 1)];
  const [across, down] = [x - left, y - top];
  const upper = logits[top * side + left] * (1 - across) + logits[top * side + right] * across;
  const lower = logits[bottom * side + left] * (1 - across) + logits[bottom * side + right] * across;
  return upper * (1 - down) + lower * down;
}
