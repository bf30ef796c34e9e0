/** Masks for tests: drawn as text, or random. */

import { seededRandom } from '../random.js';

/** @import { Size } from '../../../static/js/types.js' */

/**
 * Read a mask from lines of text.
 *
 * @param {readonly string[]} rows - '1' for inside, anything else for outside.
 * @returns {Uint8Array} Row by row.
 */
export function maskOfRows(rows) {
  return Uint8Array.from(rows.join(''), (character) => (character === '1' ? 1 : 0));
}

/**
 * Measure a drawn mask.
 *
 * @param {readonly string[]} rows - Lines of equal length.
 * @returns {Size} In pixels.
 */
export function sizeOfRows(rows) {
  return { width: rows[0].length, height: rows.length };
}

/**
 * Make a random mask of random size: noise, blobs or stripes.
 *
 * @param {number} seed - The same seed gives the same mask.
 * @returns {{ mask: Uint8Array, size: Size }} The mask with its size in pixels, 1 to 40 along each side.
 */
export function randomMask(seed) {
  const random = seededRandom(seed);
  const size = { width: 1 + Math.floor(40 * random()), height: 1 + Math.floor(40 * random()) };
  const density = random();
  const blocky = 1 + Math.floor(6 * random());
  const coarse = Array.from({ length: 1600 }, () => (random() < density ? 1 : 0));
  const mask = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      mask[y * size.width + x] = coarse[40 * Math.floor(y / blocky) + Math.floor(x / blocky)];
    }
  }
  return { mask, size };
}

/**
 * Compare two masks, much faster than an assertion on every pixel.
 *
 * @param {Uint8Array} left - Row by row.
 * @param {Uint8Array} right - Row by row.
 * @returns {boolean} Whether they are equal.
 */
export function samePixels(left, right) {
  return Buffer.compare(left, right) === 0;
}
