/** Outlines as lists of points that can be edited, and how few of them are enough. */

/** @import { Contours, ImagePoint, Ring } from '../types.js' */

/**
 * Take an outline apart into rings.
 *
 * @param {Contours} contours - The outline of a mask.
 * @returns {Ring[]} One per ring, holes included.
 */
export function ringsOfContours({ points, ringStarts }) {
  return Array.from(ringStarts, (first, index) => {
    const end = ringStarts[index + 1] ?? points.length / 2;
    return Array.from({ length: end - first }, (_, at) => pointAt(points, first + at));
  });
}

/** @type {(points: Int32Array, index: number) => ImagePoint} */
const pointAt = (points, index) => /** @type {ImagePoint} */ ({ x: points[2 * index], y: points[2 * index + 1] });

/**
 * Leave out points that lie near the line without them. Rings with fewer than three points left vanish.
 *
 * Source: Douglas and Peucker 1973; a ring is cut at its first point and the one farthest from it.
 *
 * @param {readonly Ring[]} rings - In image pixels.
 * @param {number} tolerance - How far the line may move, in image pixels; 0 leaves out only points on straight lines.
 * @returns {Ring[]} The simpler rings.
 */
export function simplifyRings(rings, tolerance) {
  return rings.map((ring) => simplifyRing(ring, tolerance)).filter((ring) => ring.length >= 3);
}

/** @type {(ring: Ring, tolerance: number) => Ring} */
function simplifyRing(ring, tolerance) {
  if (ring.length <= 3) return ring;
  const far = farthestFrom(ring, ring[0]);
  const closed = [...ring, ring[0]];
  const kept = new Uint8Array(closed.length);
  kept[0] = kept[far] = 1;
  keepFarPoints(closed, 0, far, tolerance, kept);
  keepFarPoints(closed, far, closed.length - 1, tolerance, kept);
  return ring.filter((_, index) => kept[index]);
}

/** @type {(ring: Ring, from: ImagePoint) => number} */
function farthestFrom(ring, from) {
  let found = 0;
  let largest = -1;
  ring.forEach(({ x, y }, index) => {
    const distance = (x - from.x) ** 2 + (y - from.y) ** 2;
    if (distance > largest) [found, largest] = [index, distance];
  });
  return found;
}

/**
 * @param {readonly ImagePoint[]} line
 * @param {number} first
 * @param {number} last
 * @param {number} tolerance
 * @param {Uint8Array} kept - 1 for each point that stays; written here.
 */
function keepFarPoints(line, first, last, tolerance, kept) {
  const waiting = [[first, last]];
  for (let piece = waiting.pop(); piece; piece = waiting.pop()) {
    const [start, end] = piece;
    let found = -1;
    let largest = tolerance;
    for (let index = start + 1; index < end; index += 1) {
      const distance = distanceToSegment(line[index], line[start], line[end]);
      if (distance > largest) [found, largest] = [index, distance];
    }
    if (found < 0) continue;
    kept[found] = 1;
    waiting.push([start, found], [found, end]);
  }
}

/**
 * Measure how far a position is from a straight line between two others.
 *
 * @param {ImagePoint} point - The position.
 * @param {ImagePoint} a - One end.
 * @param {ImagePoint} b - The other end.
 * @returns {number} In image pixels.
 */
export function distanceToSegment(point, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
