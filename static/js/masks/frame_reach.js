/** Says whether a mask goes on beyond the part of the image that the network saw. */

/** @import { LogitsPlacement } from '../types.js' */

/** Fewer cells at the frame are noise. */
const LEAST_CELLS = 3;

/**
 * Look along the edges of the part that are no edges of the image.
 *
 * @param {Float32Array} logits - Row by row, side * side values.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - What they lie on.
 * @returns {boolean} Whether the mask lies on several cells of such an edge; false where they lie on all of the image.
 */
export function goesBeyond(logits, side, { crop, imageSize, inputSize, modelSize, threshold }) {
  if (!crop) return false;
  // The rest of the square is padding.
  const columns = Math.ceil((inputSize.width * side) / modelSize);
  const rows = Math.ceil((inputSize.height * side) / modelSize);
  /** @type {(length: number, indexOf: (step: number) => number) => boolean} */
  const isReached = (length, indexOf) => {
    let cells = 0;
    for (let step = 0; step < length; step += 1) cells += Number(logits[indexOf(step)] > threshold);
    return cells >= LEAST_CELLS;
  };
  return (
    (crop.x > 0 && isReached(rows, (row) => row * side)) ||
    (crop.y > 0 && isReached(columns, (column) => column)) ||
    (crop.x + crop.width < imageSize.width && isReached(rows, (row) => row * side + columns - 1)) ||
    (crop.y + crop.height < imageSize.height && isReached(columns, (column) => (rows - 1) * side + column))
  );
}
