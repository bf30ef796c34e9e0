/** What masks become together and apart: exact, holes and parts included, in time proportional to their outlines. */

import { IntList } from './int_list.js';
import { areaOfRuns, eachSpan, pushRun } from './mask_runs.js';

/** @import { MaskOperation, MaskRuns, Size } from '../types.js' */

/** Pixels of an object belong together along their edges; pixels of the background also across corners. */
const ALONG_EDGES = 0;
const ACROSS_CORNERS = 1;

/** @type {Record<MaskOperation, (a: boolean, b: boolean) => boolean>} */
const RULES = {
  union: (a, b) => a || b,
  subtract: (a, b) => a && !b,
  intersect: (a, b) => a && b,
  exclude: (a, b) => a !== b,
};

/**
 * Combine two masks of one image.
 *
 * @param {MaskRuns} a - The first mask.
 * @param {MaskRuns} b - The second mask.
 * @param {MaskOperation} operation - `subtract` takes the second from the first.
 * @returns {MaskRuns} The result.
 */
export function combineRuns(a, b, operation) {
  const rule = RULES[operation];
  const result = new IntList();
  let atA = 0;
  let atB = 0;
  let inside = false;
  let begin = 0;
  let last = -1;
  while (atA < a.length || atB < b.length) {
    const position = Math.min(a[atA] ?? Infinity, b[atB] ?? Infinity);
    if (a[atA] === position) atA += 1;
    if (b[atB] === position) atB += 1;
    const next = rule(atA % 2 === 1, atB % 2 === 1);
    if (next === inside) continue;
    if (next) begin = position;
    else last = pushRun(result, begin, position, last);
    inside = next;
  }
  return result.toArray();
}

/**
 * Find what is not inside.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {Size} size - Of the image, in pixels.
 * @returns {MaskRuns} All other pixels.
 */
export function invertRuns(runs, { width, height }) {
  return combineRuns(Int32Array.of(0, width * height), runs, 'subtract');
}

/**
 * Take a mask apart.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {Size} size - Of the image, in pixels.
 * @returns {MaskRuns[]} Its parts, largest first; pixels that touch only by a corner are in different ones.
 */
export function splitRuns(runs, { height }) {
  return partsOf(runs, height, ALONG_EDGES).sort((a, b) => areaOfRuns(b) - areaOfRuns(a));
}

/**
 * Find the holes of a mask.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {Size} size - Of the image, in pixels.
 * @returns {MaskRuns[]} Background that the mask surrounds, hole by hole.
 */
export function holesOfRuns(runs, size) {
  const background = partsOf(invertRuns(runs, size), size.height, ACROSS_CORNERS);
  return background.filter((part) => !touchesBorder(part, size));
}

/**
 * Fill holes.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {Size} size - Of the image, in pixels.
 * @param {number} largest - Holes with more pixels stay; without it all are filled.
 * @returns {MaskRuns} The mask without them.
 */
export function fillHoles(runs, size, largest = Infinity) {
  const small = holesOfRuns(runs, size).filter((hole) => areaOfRuns(hole) <= largest);
  return joinRuns([runs, ...small]);
}

/**
 * Remove small parts. The largest part stays, whatever its size.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {Size} size - Of the image, in pixels.
 * @param {number} largest - Parts with more pixels stay; without it only the largest part does.
 * @returns {MaskRuns} The mask without them.
 */
export function removeIslands(runs, size, largest = Infinity) {
  const [first, ...others] = splitRuns(runs, size);
  if (!first) return runs;
  return joinRuns([first, ...others.filter((part) => areaOfRuns(part) > largest)]);
}

/**
 * Put masks together.
 *
 * @param {readonly MaskRuns[]} masks - Of one image.
 * @returns {MaskRuns} What at least one of them has.
 */
export function joinRuns(masks) {
  if (masks.length === 0) return new Int32Array(0);
  const middle = Math.floor(masks.length / 2);
  // By halves, so that many small masks are not merged into an ever longer one.
  if (masks.length > 1) return combineRuns(joinRuns(masks.slice(0, middle)), joinRuns(masks.slice(middle)), 'union');
  return masks[0];
}

/** @type {(runs: MaskRuns, size: Size) => boolean} */
function touchesBorder(runs, { width, height }) {
  if (runs[0] < height || runs[runs.length - 1] > (width - 1) * height) return true;
  let touches = false;
  eachSpan(runs, height, (_, first, end) => {
    touches ||= first === 0 || end === height;
  });
  return touches;
}

/**
 * @param {MaskRuns} runs
 * @param {number} height
 * @param {number} reach - How many rows past their ends two pieces of neighbouring columns still touch.
 * @returns {MaskRuns[]}
 */
function partsOf(runs, height, reach) {
  const spans = new IntList();
  eachSpan(runs, height, (x, first, end) => {
    spans.push(x);
    spans.push(first);
    spans.push(end);
  });
  const pieces = spans.toArray();
  const parents = linkNeighbours(pieces, reach);
  /** @type {Map<number, { runs: IntList, last: number }>} */
  const parts = new Map();
  for (let piece = 0; piece < parents.length; piece += 1) {
    const root = rootOf(parents, piece);
    let part = parts.get(root);
    if (!part) parts.set(root, (part = { runs: new IntList(16), last: -1 }));
    const column = pieces[3 * piece] * height;
    part.last = pushRun(part.runs, column + pieces[3 * piece + 1], column + pieces[3 * piece + 2], part.last);
  }
  return [...parts.values()].map((part) => part.runs.toArray());
}

/**
 * @param {Int32Array} pieces - Three numbers each: column, first row, row after the last.
 * @param {number} reach
 * @returns {Int32Array} For each piece another one of the same part; roots name themselves.
 */
function linkNeighbours(pieces, reach) {
  const count = pieces.length / 3;
  const parents = Int32Array.from({ length: count }, (_, index) => index);
  let left = 0;
  for (let piece = 0; piece < count; piece += 1) {
    const [x, first, end] = pieces.subarray(3 * piece, 3 * piece + 3);
    while (pieces[3 * left] < x - 1 || (pieces[3 * left] === x - 1 && pieces[3 * left + 2] + reach <= first)) left += 1;
    for (let other = left; pieces[3 * other] === x - 1 && pieces[3 * other + 1] < end + reach; other += 1) {
      const a = rootOf(parents, other);
      const b = rootOf(parents, piece);
      if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
  return parents;
}

/** @type {(parents: Int32Array, piece: number) => number} */
function rootOf(parents, piece) {
  let root = piece;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root]];
    root = parents[root];
  }
  return root;
}
