/** Which part of an image is worth an embedding of its own. */

import { canvasToImage } from './viewport.js';
import { canvasPoint } from './point.js';

/** @import { Crop, Size, Viewport } from '../types.js' */

/** Seen around the view, as a share of its sides, so that objects at its edge are whole. */
const MARGIN = 0.15;

/** Parts begin and end at multiples of so many pixels: a view that moved a little has the same embedding. */
const GRID = 32;

/** The network sees the part at most so many times larger than the image has pixels; beyond that nothing gets sharper. */
const LARGEST_SCALE = 4;

/** By itself, a part is taken only if it is this much smaller than the image, on its longer side; on a key, by less. */
export const SHARES = Object.freeze({ byItself: 0.5, asked: 0.85 });

/**
 * Choose the part of an image that a view shows, with a margin.
 *
 * @param {Size} image - Size of the upright image.
 * @param {Viewport} view - The current view.
 * @param {Size} canvas - Size of the canvas, in CSS pixels.
 * @param {number} modelSize - Side of the square that the network sees, in pixels.
 * @param {number} share - At most so much of the image's longer side, 0 to 1.
 * @returns {Crop | null} In whole image pixels. Null where nothing would be seen more sharply: the image is hardly larger
 *   than what the network sees, or the view shows too much of it.
 */
export function closeUpCrop(image, view, canvas, modelSize, share) {
  const longest = Math.max(image.width, image.height);
  if (longest <= modelSize) return null;
  const shown = visiblePart(image, view, canvas);
  const least = Math.min(longest, modelSize / LARGEST_SCALE);
  const across = span(shown.left, shown.right, image.width, least);
  const down = span(shown.top, shown.bottom, image.height, least);
  if (!across || !down || Math.max(across.length, down.length) > share * longest) return null;
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

/**
 * Say which part of an image a view shows.
 *
 * @param {Size} image - Size of the upright image.
 * @param {Viewport} view - The current view.
 * @param {Size} canvas - Size of the canvas, in CSS pixels.
 * @returns {{ left: number, top: number, right: number, bottom: number }} In image pixels, within the image.
 */
export function visiblePart(image, view, canvas) {
  const start = canvasToImage(view, canvasPoint(0, 0));
  const end = canvasToImage(view, canvasPoint(canvas.width, canvas.height));
  return {
    left: Math.max(0, start.x),
    top: Math.max(0, start.y),
    right: Math.min(image.width, end.x),
    bottom: Math.min(image.height, end.y),
  };
}

/**
 * @param {number} start
 * @param {number} end
 * @param {number} limit - Length of the image.
 * @param {number} least - Shorter parts are made so long.
 * @returns {{ start: number, length: number } | null} Null where nothing is seen.
 */
function span(start, end, limit, least) {
  if (end <= start) return null;
  const beyond = Math.max(MARGIN * (end - start), (least - (end - start)) / 2);
  const first = Math.max(0, Math.floor((start - beyond) / GRID) * GRID);
  const last = Math.min(limit, Math.ceil((end + beyond) / GRID) * GRID);
  return { start: first, length: last - first };
}
