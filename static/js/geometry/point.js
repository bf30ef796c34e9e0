/** Makes positions that know their space, so that image and canvas pixels cannot be mixed up. */

/** @import { CanvasPoint, ImagePoint, PointLabel, PromptPoint, Size } from '../types.js' */

/**
 * Name a position in the upright image.
 *
 * @param {number} x - Image pixels from the left edge; the centre of the first pixel is at 0.5.
 * @param {number} y - Image pixels from the top edge.
 * @returns {ImagePoint} The position.
 */
export function imagePoint(x, y) {
  return /** @type {ImagePoint} */ ({ x, y });
}

/**
 * Name a position on the canvas.
 *
 * @param {number} x - CSS pixels from the left edge of the canvas.
 * @param {number} y - CSS pixels from its top edge.
 * @returns {CanvasPoint} The position.
 */
export function canvasPoint(x, y) {
  return /** @type {CanvasPoint} */ ({ x, y });
}

/**
 * Make a click out of a position.
 *
 * @param {ImagePoint} point - Where the annotator clicked, in image pixels.
 * @param {PointLabel} label - 1 for the object, 0 for the background.
 * @returns {PromptPoint} The click.
 */
export function promptPoint(point, label) {
  return /** @type {PromptPoint} */ ({ x: point.x, y: point.y, label });
}

/**
 * Say whether a position lies on the image.
 *
 * @param {ImagePoint} point - A position in image pixels.
 * @param {Size} imageSize - The upright image.
 * @returns {boolean} True on the image; its right and bottom edges are outside.
 */
export function isOnImage(point, imageSize) {
  return point.x >= 0 && point.y >= 0 && point.x < imageSize.width && point.y < imageSize.height;
}
