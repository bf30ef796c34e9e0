/** Outlines as paths that the canvas can fill and stroke. */

/** @import {Contours, SmoothOutline} from '../types.js' */

/** @type {WeakMap<Contours | SmoothOutline, Path2D>} */
const paths = new WeakMap();

/**
 * Give the path of an outline, made once.
 *
 * @param {Contours | SmoothOutline} contours the outline of a mask, in image pixels
 * @returns {Path2D} to be filled with the even-odd rule
 */
export function pathOf(contours) {
  const known = paths.get(contours);
  if (known) return known;
  const path = new Path2D();
  addRings(path, contours);
  paths.set(contours, path);
  return path;
}

/**
 * Draw the rings of an outline into a path.
 *
 * @param {Pick<Path2D, 'moveTo' | 'lineTo' | 'closePath'>} path gets the rings
 * @param {Contours | SmoothOutline} contours the outline
 */
export function addRings(path, { points, ringStarts }) {
  ringStarts.forEach((first, ring) => {
    const end = ringStarts[ring + 1] ?? points.length / 2;
    path.moveTo(points[2 * first], points[2 * first + 1]);
    for (let corner = first + 1; corner < end; corner += 1) path.lineTo(points[2 * corner], points[2 * corner + 1]);
    path.closePath();
  });
}
