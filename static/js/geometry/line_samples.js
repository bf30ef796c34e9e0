/** Places along a line that was drawn by hand. */

/** @import { ImagePoint } from '../types.js' */

import { imagePoint } from './point.js';

/**
 * Choose a few places along a line, at equal distances.
 *
 * @param {readonly ImagePoint[]} line - Its points, in order; at least one.
 * @param {{spacing: number, most: number}} density - How far apart they are at least, in image pixels, and how many.
 * @returns {ImagePoint[]} At least one; each in the middle of its part of the line.
 */
export function samplesAlong(line, { spacing, most }) {
  const lengths = line.slice(1).map((point, at) => Math.hypot(point.x - line[at].x, point.y - line[at].y));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const count = Math.min(most, Math.max(1, Math.round(total / spacing)));
  return Array.from({ length: count }, (_, index) => placeAt(line, lengths, (total * (index + 0.5)) / count));
}

/** @type {(line: ReadonlyArray<ImagePoint>, lengths: ReadonlyArray<number>, distance: number) => ImagePoint} */
function placeAt(line, lengths, distance) {
  let left = distance;
  for (let at = 0; at < lengths.length; at += 1) {
    if (left <= lengths[at] && lengths[at] > 0) {
      const part = left / lengths[at];
      const [a, b] = [line[at], line[at + 1]];
      return imagePoint(a.x + part * (b.x - a.x), a.y + part * (b.y - a.y));
    }
    left -= lengths[at];
  }
  return line[line.length - 1];
}
