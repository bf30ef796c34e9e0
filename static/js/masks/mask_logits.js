/** Low-resolution logits of a mask that was drawn or imported, so that the decoder can go on from it. */

import { eachSpan } from './mask_runs.js';

/** @import { LogitsPlacement, MaskRuns } from '../types.js' */

/** What the decoder gives where it is sure; a half-covered cell gets 0. */
const CERTAIN = 10;

/**
 * Make the logits.
 *
 * @param {MaskRuns} runs - The mask.
 * @param {number} side - Of the square of logits.
 * @param {Omit<LogitsPlacement, 'threshold'>} placement - The sizes between logits and image.
 * @param {Float32Array | null} earlier - Logits from before an edit; they stay where they say the same as the mask, so
 *   that the decoder's own doubts survive. Null when there are none.
 * @returns {Float32Array} Row by row, side * side values; the padding is background.
 */
export function logitsOfMask(runs, side, { imageSize, inputSize, modelSize }, earlier = null) {
  const cell = modelSize / side;
  const across = inputSize.width / imageSize.width / cell;
  const down = inputSize.height / imageSize.height / cell;
  const covered = coverage(runs, side, imageSize.height, { across, down });
  return covered.map((part, index) => {
    const value = CERTAIN * (2 * Math.min(part, 1) - 1);
    const old = earlier?.length === covered.length ? earlier[index] : value;
    return old > 0 === value > 0 ? old : value;
  });
}

/**
 * @param {MaskRuns} runs
 * @param {number} side
 * @param {number} height - Of the image.
 * @param {{ across: number, down: number }} scale - Cells per image pixel.
 * @returns {Float32Array} For each cell the part of it that is inside.
 */
function coverage(runs, side, height, { across, down }) {
  const covered = new Float32Array(side * side);
  eachSpan(runs, height, (x, first, end) => {
    eachCell(x * across, (x + 1) * across, side, (column, width) => {
      eachCell(first * down, end * down, side, (row, length) => {
        covered[row * side + column] += width * length;
      });
    });
  });
  return covered;
}

/**
 * @param {number} start
 * @param {number} end
 * @param {number} side
 * @param {(cell: number, length: number) => void} visit - Gets each cell and how much of it lies in between.
 */
function eachCell(start, end, side, visit) {
  for (let cell = Math.floor(start); cell < Math.min(end, side); cell += 1) {
    visit(cell, Math.min(end, cell + 1) - Math.max(start, cell));
  }
}
