/**
 * The horizontal edges of a mask: the short form from which run lengths, contours and the pixels all follow in time
 * proportional to the outline, not to the area. See `MaskEdges` in types.d.ts.
 */

import { IntList } from './int_list.js';

/** @import { BoxXywh, MaskEdges, Size } from '../types.js' */

/** Numbers per edge: y, x0, x1, inside below. */
export const EDGE_STRIDE = 4;

/**
 * Find the horizontal edges of a mask.
 *
 * @param {Uint8Array} mask - Row by row, 1 inside and 0 outside.
 * @param {Size} size - Of the mask, in pixels.
 * @param {{ x: number, y: number }} origin - Where the mask lies in a larger image, in whole image pixels; everything
 *   around it is outside.
 * @returns {MaskEdges} In pixels of that larger image.
 */
export function edgesOfMask(mask, { width, height }, origin = { x: 0, y: 0 }) {
  const edges = new IntList();
  const outside = new Uint8Array(width);
  /** @type {Uint8Array} */
  let above = outside;
  for (let y = 0; y <= height; y += 1) {
    const below = y < height ? mask.subarray(y * width, (y + 1) * width) : outside;
    addRowEdges(edges, above, below, origin.x, origin.y + y);
    above = below;
  }
  return edges.toArray();
}

/**
 * @param {IntList} edges - Gets the edges between the two rows.
 * @param {Uint8Array} above
 * @param {Uint8Array} below
 * @param {number} originX
 * @param {number} y - Of the row below, in pixels of the larger image.
 */
function addRowEdges(edges, above, below, originX, y) {
  const width = below.length;
  const wordsAbove = wordsOf(above);
  const wordsBelow = wordsOf(below);
  const skipWords = wordsAbove && wordsBelow;
  let x = 0;
  while (x < width) {
    if (skipWords && (x & 3) === 0) {
      let word = x >> 2;
      while (word < wordsBelow.length && wordsAbove[word] === wordsBelow[word]) word += 1;
      x = word << 2;
      if (x >= width) return;
    }
    const inside = below[x];
    if (above[x] === inside) {
      x += 1;
      continue;
    }
    const start = x;
    do x += 1;
    while (x < width && below[x] === inside && above[x] !== inside);
    edges.push(y);
    edges.push(originX + start);
    edges.push(originX + x);
    edges.push(inside);
  }
}

/**
 * @param {Uint8Array} row
 * @returns {Uint32Array | null} The same bytes four at a time, if they lie so that this is possible.
 */
function wordsOf(row) {
  if (row.byteOffset % 4 !== 0 || row.length % 4 !== 0) return null;
  return new Uint32Array(row.buffer, row.byteOffset, row.length / 4);
}

/**
 * Paint a mask from its horizontal edges.
 *
 * @param {MaskEdges} edges - Sorted by row, then column.
 * @param {Size} size - Of the mask, in pixels.
 * @returns {Uint8Array} Row by row, 1 inside and 0 outside.
 */
export function maskOfEdges(edges, { width, height }) {
  const mask = new Uint8Array(width * height);
  let painted = edges.length > 0 ? edges[0] : 0;
  for (let at = 0; at < edges.length; at += EDGE_STRIDE) {
    const y = edges[at];
    repeatRow(mask, width, painted, Math.min(y, height - 1));
    painted = y;
    if (y === height) break;
    mask.fill(edges[at + 3], y * width + edges[at + 1], y * width + edges[at + 2]);
  }
  return mask;
}

/**
 * @param {Uint8Array} mask
 * @param {number} width
 * @param {number} from - The row that is copied to all rows after it, up to and including `to`.
 * @param {number} to
 */
function repeatRow(mask, width, from, to) {
  for (let y = from; y < to; y += 1) mask.copyWithin((y + 1) * width, y * width, (y + 1) * width);
}

/**
 * Find the smallest box around the mask with these edges.
 *
 * @param {MaskEdges} edges - All edges of one mask.
 * @returns {BoxXywh} In image pixels; all zero for an empty mask.
 */
export function bboxOfEdges(edges) {
  if (edges.length === 0) return [0, 0, 0, 0];
  let left = edges[1];
  let right = edges[2];
  for (let at = 0; at < edges.length; at += EDGE_STRIDE) {
    left = Math.min(left, edges[at + 1]);
    right = Math.max(right, edges[at + 2]);
  }
  const top = edges[0];
  return [left, top, right - left, edges[edges.length - EDGE_STRIDE] - top];
}
