/** Boxes in image pixels. */

/** @import { BoxXywh, BoxXyxy, ImagePoint, Size } from '../types.js' */

/**
 * Make the box between two opposite corners, in whatever order they were drawn.
 *
 * @param {ImagePoint} start - Where the drag began, in image pixels.
 * @param {ImagePoint} end - Where it is now, in image pixels.
 * @returns {BoxXyxy} The box with ordered corners; its sides may be 0.
 */
export function boxFromCorners(start, end) {
  return [Math.min(start.x, end.x), Math.min(start.y, end.y), Math.max(start.x, end.x), Math.max(start.y, end.y)];
}

/**
 * Cut a box at the edges of the image.
 *
 * @param {BoxXyxy} box - In image pixels, anywhere.
 * @param {Size} imageSize - The upright image.
 * @returns {BoxXyxy} The part on the image; a box beside the image shrinks to a line or a point at its edge.
 */
export function clampBox(box, imageSize) {
  /** @type {(value: number, limit: number) => number} */
  const within = (value, limit) => Math.min(Math.max(value, 0), limit);
  return [
    within(box[0], imageSize.width),
    within(box[1], imageSize.height),
    within(box[2], imageSize.width),
    within(box[3], imageSize.height),
  ];
}

/**
 * Tell a drawn box from a click that moved a little.
 *
 * @param {BoxXyxy} box - In image pixels.
 * @param {number} minSide - Shortest side that counts, in image pixels.
 * @returns {boolean} True if both sides are at least that long.
 */
export function isBoxLargeEnough(box, minSide) {
  return box[2] - box[0] >= minSide && box[3] - box[1] >= minSide;
}

/**
 * Say whether a position lies in a box.
 *
 * @param {BoxXyxy} box - In image pixels.
 * @param {ImagePoint} point - In image pixels.
 * @returns {boolean} True inside and on the edges.
 */
export function boxContains(box, point) {
  return point.x >= box[0] && point.y >= box[1] && point.x <= box[2] && point.y <= box[3];
}

/**
 * Change the order of a COCO box.
 *
 * @param {BoxXywh} bbox - Left, top, width, height in image pixels.
 * @returns {BoxXyxy} The same box as two corners.
 */
export function boxFromXywh(bbox) {
  return [bbox[0], bbox[1], bbox[0] + bbox[2], bbox[1] + bbox[3]];
}

/**
 * Say whether two boxes share a place.
 *
 * @param {BoxXyxy} a - In image pixels.
 * @param {BoxXyxy} b - In image pixels.
 * @returns {boolean} Also true where only their edges touch.
 */
export function boxesOverlap(a, b) {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/**
 * Find the smallest box around others.
 *
 * @param {readonly BoxXyxy[]} boxes - In image pixels.
 * @returns {BoxXyxy | null} Null when there are none.
 */
export function boxAround(boxes) {
  if (boxes.length === 0) return null;
  return boxes.reduce((a, b) => [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[2], b[2]),
    Math.max(a[3], b[3]),
  ]);
}
