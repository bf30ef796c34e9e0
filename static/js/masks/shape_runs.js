/** Drawn shapes as masks: a pixel is inside if its centre is. */

import { IntList } from './int_list.js';
import { pushRun, runsOfIntervals } from './mask_runs.js';

/** @import { MaskRuns, Ring, Size, StrokePoint } from '../types.js' */

/** A pixel's centre, in pixels from its edges. */
const CENTRE = 0.5;

/**
 * Rasterise a brush stroke with a round tip.
 *
 * @param {readonly StrokePoint[]} points - The places of the tip, in image pixels; one is a dot.
 * @param {Size} size - Of the image, in pixels.
 * @returns {MaskRuns} All pixels that the tip passed over.
 */
export function runsOfStroke(points, size) {
  const intervals = { starts: new IntList(), ends: new IntList() };
  points.forEach((point, index) => {
    addDisc(intervals, point, size);
    if (index > 0) addBody(intervals, points[index - 1], point, size);
  });
  return runsOfIntervals(intervals.starts.toArray(), intervals.ends.toArray());
}

/** @typedef {{ starts: IntList, ends: IntList }} Intervals */

/** @type {(intervals: Intervals, tip: StrokePoint, size: Size) => void} */
function addDisc(intervals, { x, y, radius }, size) {
  const first = Math.max(Math.ceil(x - radius - CENTRE), 0);
  const last = Math.min(Math.floor(x + radius - CENTRE), size.width - 1);
  for (let column = first; column <= last; column += 1) {
    const beside = column + CENTRE - x;
    const reach = Math.sqrt(Math.max(radius * radius - beside * beside, 0));
    addInterval(intervals, column, y - reach, y + reach, size.height);
  }
}

/**
 * Add what lies between two places of the tip: the quadrilateral along both sides of the way.
 *
 * @param {Intervals} intervals
 * @param {StrokePoint} a
 * @param {StrokePoint} b
 * @param {Size} size
 */
function addBody(intervals, a, b, size) {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return;
  const [across, down] = [-(b.y - a.y) / length, (b.x - a.x) / length];
  const xs = [a.x + across * a.radius, b.x + across * b.radius, b.x - across * b.radius, a.x - across * a.radius];
  const ys = [a.y + down * a.radius, b.y + down * b.radius, b.y - down * b.radius, a.y - down * a.radius];
  const first = Math.max(Math.ceil(Math.min(...xs) - CENTRE), 0);
  const last = Math.min(Math.floor(Math.max(...xs) - CENTRE), size.width - 1);
  for (let column = first; column <= last; column += 1) {
    const x = column + CENTRE;
    let low = Infinity;
    let high = -Infinity;
    for (let corner = 0; corner < 4; corner += 1) {
      const next = (corner + 1) & 3;
      if (xs[corner] === xs[next] || xs[corner] > x === xs[next] > x) continue;
      const y = ys[corner] + ((x - xs[corner]) / (xs[next] - xs[corner])) * (ys[next] - ys[corner]);
      if (y < low) low = y;
      if (y > high) high = y;
    }
    addInterval(intervals, column, low, high, size.height);
  }
}

/**
 * @param {Intervals} intervals
 * @param {number} column
 * @param {number} low
 * @param {number} high
 * @param {number} height
 */
function addInterval({ starts, ends }, column, low, high, height) {
  const top = Math.max(Math.ceil(low - CENTRE), 0);
  const bottom = Math.min(Math.floor(high - CENTRE) + 1, height);
  if (top >= bottom) return;
  starts.push(column * height + top);
  ends.push(column * height + bottom);
}

/**
 * Rasterise closed lines.
 *
 * @param {readonly Ring[]} rings - In image pixels.
 * @param {Size} size - Of the image, in pixels.
 * @param {'evenodd' | 'nonzero'} rule - `evenodd` makes holes of inner rings; `nonzero` fills a line that crosses itself.
 * @returns {MaskRuns} The pixels inside.
 */
export function runsOfRings(rings, { width, height }, rule = 'evenodd') {
  const columns = crossingsByColumn(rings, width);
  const runs = new IntList();
  let last = -1;
  columns.forEach((crossings, x) => {
    crossings.sort((a, b) => a.y - b.y);
    let winding = 0;
    crossings.forEach(({ y, direction }, index) => {
      winding += rule === 'evenodd' ? (winding === 0 ? 1 : -1) : direction;
      const next = crossings[index + 1];
      if (winding === 0 || !next) return;
      const top = Math.max(Math.ceil(y - CENTRE), 0);
      const bottom = Math.min(Math.ceil(next.y - CENTRE), height);
      if (top < bottom) last = pushRun(runs, x * height + top, x * height + bottom, last);
    });
  });
  return runs.toArray();
}

/** @typedef {{ y: number, direction: 1 | -1 }} Crossing */

/**
 * @param {readonly Ring[]} rings
 * @param {number} width
 * @returns {Map<number, Crossing[]>} Where the lines cross the middle of each column, columns ascending.
 */
function crossingsByColumn(rings, width) {
  /** @type {Map<number, Crossing[]>} */
  const columns = new Map();
  for (const ring of rings) {
    ring.forEach((from, index) => {
      const to = ring[(index + 1) % ring.length];
      const [a, b] = from.x < to.x ? [from, to] : [to, from];
      const first = Math.max(Math.ceil(a.x - CENTRE), 0);
      const end = Math.min(Math.ceil(b.x - CENTRE), width);
      for (let x = first; x < end; x += 1) {
        const y = a.y + ((x + CENTRE - a.x) / (b.x - a.x)) * (b.y - a.y);
        const crossing = { y, direction: /** @type {1 | -1} */ (a === from ? 1 : -1) };
        const column = columns.get(x);
        if (column) column.push(crossing);
        else columns.set(x, [crossing]);
      }
    });
  }
  return new Map([...columns].sort(([a], [b]) => a - b));
}
