/**
 * Where the image lies on the canvas: a frozen value and pure functions on it. This is the only module that converts
 * between image and canvas pixels.
 */

import { canvasPoint, imagePoint } from './point.js';

/** @import { CanvasPoint, ImagePoint, Size, Viewport, ZoomLimits } from '../types.js' */

/** At 64 canvas pixels per image pixel single pixels are easy to hit; below 1/64 a 20,000 pixel image still fits. */
export const ZOOM_LIMITS = Object.freeze({ minScale: 1 / 64, maxScale: 64 });

/** At least this much of the image stays on the canvas, in CSS pixels. */
const VISIBLE_MARGIN_PX = 48;

/**
 * @param {number} scale
 * @param {number} offsetX
 * @param {number} offsetY
 * @returns {Viewport}
 */
function viewport(scale, offsetX, offsetY) {
  return Object.freeze({ scale, offsetX, offsetY });
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * Find where a position of the image is drawn.
 *
 * @param {Viewport} view - The current view.
 * @param {ImagePoint} point - A position in image pixels.
 * @returns {CanvasPoint} The same position in CSS pixels of the canvas.
 */
export function imageToCanvas(view, point) {
  return canvasPoint(point.x * view.scale + view.offsetX, point.y * view.scale + view.offsetY);
}

/**
 * Find what part of the image lies under a position of the canvas.
 *
 * @param {Viewport} view - The current view.
 * @param {CanvasPoint} point - A position in CSS pixels of the canvas.
 * @returns {ImagePoint} The same position in image pixels; it may lie outside the image.
 */
export function canvasToImage(view, point) {
  return imagePoint((point.x - view.offsetX) / view.scale, (point.y - view.offsetY) / view.scale);
}

/**
 * Zoom so that the image position under the pointer stays under it.
 *
 * @param {Viewport} view - The current view.
 * @param {CanvasPoint} anchor - The position that stays where it is, in CSS pixels of the canvas.
 * @param {number} factor - Above 1 to enlarge, between 0 and 1 to shrink.
 * @param {ZoomLimits} limits - The scale stops at these, in canvas pixels per image pixel.
 * @returns {Viewport} The new view.
 */
export function zoomAt(view, anchor, factor, limits = ZOOM_LIMITS) {
  const scale = clamp(view.scale * factor, limits.minScale, limits.maxScale);
  const ratio = scale / view.scale;
  return viewport(scale, anchor.x - (anchor.x - view.offsetX) * ratio, anchor.y - (anchor.y - view.offsetY) * ratio);
}

/**
 * Move the image over the canvas.
 *
 * @param {Viewport} view - The current view.
 * @param {number} dx - CSS pixels to the right.
 * @param {number} dy - CSS pixels down.
 * @returns {Viewport} The new view.
 */
export function panBy(view, dx, dy) {
  return viewport(view.scale, view.offsetX + dx, view.offsetY + dy);
}

/**
 * Show the whole image in the middle of the canvas, as large as it fits.
 *
 * @param {Size} imageSize - The upright image.
 * @param {Size} canvasSize - The canvas in CSS pixels.
 * @param {number} marginPx - Free space on every side, in CSS pixels; given up if the canvas is too small for it.
 * @returns {Viewport} The new view.
 */
export function fitViewport(imageSize, canvasSize, marginPx = 16) {
  const freeWidth = Math.max(canvasSize.width - 2 * marginPx, 1);
  const freeHeight = Math.max(canvasSize.height - 2 * marginPx, 1);
  const fitting = Math.min(freeWidth / imageSize.width, freeHeight / imageSize.height);
  const scale = clamp(fitting, ZOOM_LIMITS.minScale, ZOOM_LIMITS.maxScale);
  return viewport(
    scale,
    (canvasSize.width - imageSize.width * scale) / 2,
    (canvasSize.height - imageSize.height * scale) / 2,
  );
}

/**
 * @param {number} offset - Where the image starts, in CSS pixels.
 * @param {number} shownLength - Length of the image in CSS pixels.
 * @param {number} canvasLength - Length of the canvas in CSS pixels.
 * @returns {number} The offset that keeps a piece of the image on the canvas.
 */
function clampOffset(offset, shownLength, canvasLength) {
  const margin = Math.min(VISIBLE_MARGIN_PX, shownLength, canvasLength);
  return clamp(offset, margin - shownLength, canvasLength - margin);
}

/**
 * Bring the view back to where a piece of the image can be seen, so that it cannot be lost by panning.
 *
 * @param {Viewport} view - The current view.
 * @param {Size} imageSize - The upright image.
 * @param {Size} canvasSize - The canvas in CSS pixels.
 * @returns {Viewport} The nearest allowed view.
 */
export function clampViewport(view, imageSize, canvasSize) {
  return viewport(
    view.scale,
    clampOffset(view.offsetX, imageSize.width * view.scale, canvasSize.width),
    clampOffset(view.offsetY, imageSize.height * view.scale, canvasSize.height),
  );
}

/**
 * Say which part of the image is shown.
 *
 * @param {Viewport} view - The current view.
 * @param {Size} imageSize - The upright image.
 * @param {Size} canvasSize - The canvas in CSS pixels.
 * @returns {{left: number, top: number, width: number, height: number}} Parts of the image's sides, from 0 to 1.
 */
export function visibleShare(view, imageSize, canvasSize) {
  const [left, width] = shareOf(view.offsetX, imageSize.width * view.scale, canvasSize.width);
  const [top, height] = shareOf(view.offsetY, imageSize.height * view.scale, canvasSize.height);
  return { left, top, width, height };
}

/** @type {(offset: number, shownLength: number, canvasLength: number) => [first: number, length: number]} */
function shareOf(offset, shownLength, canvasLength) {
  const first = clamp(-offset / shownLength, 0, 1);
  return [first, clamp((canvasLength - offset) / shownLength, 0, 1) - first];
}
