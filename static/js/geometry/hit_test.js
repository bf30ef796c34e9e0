/** Finds what lies under the pointer. */

/** @import { Contours, ImagePoint } from '../types.js' */

/**
 * Find the point nearest to a position.
 *
 * @param {readonly ImagePoint[]} points - The candidates, in image pixels.
 * @param {ImagePoint} target - The position, in image pixels.
 * @param {number} radius - How far away it may be, in image pixels.
 * @returns {number} Its index, or -1 if none is near enough; of equal ones the last, which is drawn on top.
 */
export function nearestPointIndex(points, target, radius) {
  let found = -1;
  let smallest = radius * radius;
  points.forEach((point, index) => {
    const squared = (point.x - target.x) ** 2 + (point.y - target.y) ** 2;
    if (squared <= smallest) {
      smallest = squared;
      found = index;
    }
  });
  return found;
}

/**
 * Say whether a position lies inside a mask, by the even-odd rule.
 *
 * @param {Contours} contours - The outline of the mask; its rings run along pixel edges.
 * @param {ImagePoint} point - In image pixels.
 * @returns {boolean} True inside; holes are outside.
 */
export function isInsideContours({ points, ringStarts }, point) {
  let inside = false;
  for (let ring = 0; ring < ringStarts.length; ring += 1) {
    const first = ringStarts[ring];
    const end = ring + 1 < ringStarts.length ? ringStarts[ring + 1] : points.length / 2;
    for (let corner = first, before = end - 1; corner < end; before = corner, corner += 1) {
      const x = points[2 * corner];
      if (points[2 * before] !== x || x <= point.x) continue;
      const crosses = points[2 * corner + 1] > point.y !== points[2 * before + 1] > point.y;
      if (crosses) inside = !inside;
    }
  }
  return inside;
}
