/** Smaller copies of a large photograph, so that a fitted view is sharp and panning it is quick. */

/** Below this long side a smaller copy gains nothing. */
const SMALLEST_SIDE = 700;

/**
 * @typedef {object} PyramidLevel
 * @property {CanvasImageSource} source the pixels
 * @property {number} scale its size in relation to the photograph, 1 or less
 */

/**
 * Make the copies, each half as large as the one before.
 *
 * @param {ImageBitmap} bitmap the photograph
 * @returns {Promise<PyramidLevel[]>} largest first; the photograph itself is the first level
 */
export async function buildPyramid(bitmap) {
  /** @type {PyramidLevel[]} */
  const levels = [{ source: bitmap, scale: 1 }];
  let smaller = bitmap;
  while (Math.max(smaller.width, smaller.height) / 2 >= SMALLEST_SIDE) {
    const resizeWidth = Math.max(1, Math.round(smaller.width / 2));
    const resizeHeight = Math.max(1, Math.round(smaller.height / 2));
    smaller = await createImageBitmap(smaller, { resizeWidth, resizeHeight, resizeQuality: 'low' });
    levels.push({ source: smaller, scale: resizeWidth / bitmap.width });
  }
  return levels;
}

/**
 * Choose the copy to draw from.
 *
 * @param {readonly PyramidLevel[]} levels largest first
 * @param {number} scale device pixels per pixel of the photograph
 * @returns {PyramidLevel | undefined} the smallest copy that still has a pixel for every device pixel
 */
export function levelFor(levels, scale) {
  return levels.filter((level) => level.scale >= scale).at(-1) ?? levels[0];
}
