/** Outlines of masks along the edges of their pixels. */

import { EDGE_STRIDE, edgesOfMask } from './edges.js';
import { IntList } from './int_list.js';

/** @import { Contours, MaskEdges, Size } from '../types.js' */

const NO_CORNER = -1;

/**
 * Trace the outline of a mask.
 *
 * @param {Uint8Array} mask - Row by row, 1 inside and 0 outside.
 * @param {Size} size - Of the mask, in pixels.
 * @returns {Contours} In image pixels; filled with the even-odd rule they give the mask exactly.
 */
export function traceContours(mask, size) {
  return contoursOfEdges(edgesOfMask(mask, size), size.width);
}

/**
 * Join horizontal edges to closed rings.
 *
 * @param {MaskEdges} edges - All edges of one mask, sorted by row, then column.
 * @param {number} width - Of the image, in pixels.
 * @returns {Contours} In image pixels; only the corners, no points on straight lines.
 */
export function contoursOfEdges(edges, width) {
  const above = pairCorners(edges, width);
  const points = new Int32Array(2 * above.length);
  const ringStarts = new IntList();
  const visited = new Uint8Array(above.length);
  let written = 0;
  for (let first = 0; first < above.length; first += 2) {
    if (visited[first]) continue;
    ringStarts.push(written / 2);
    let corner = first;
    while (!visited[corner]) {
      const partner = corner ^ 1;
      const at = (corner >> 1) * EDGE_STRIDE;
      points[written] = edges[at + 1 + (corner & 1)];
      points[written + 1] = edges[at];
      points[written + 2] = edges[at + 1 + (partner & 1)];
      points[written + 3] = edges[at];
      written += 4;
      visited[corner] = 1;
      visited[partner] = 1;
      corner = above[partner];
    }
  }
  return { points, ringStarts: ringStarts.toArray() };
}

/**
 * Find the other end of the vertical edge at every corner. Corners 2 * i and 2 * i + 1 are the left and right ends of
 * edge i, so the horizontal partner of a corner needs no table.
 *
 * Where four edges meet, the two rings turn away from each other around the inside pixels, so that pixels which touch
 * only by a corner get rings of their own.
 *
 * @param {MaskEdges} edges
 * @param {number} width
 * @returns {Int32Array} Corner -> corner.
 */
function pairCorners(edges, width) {
  const partner = new Int32Array(edges.length / 2);
  const open = new Int32Array(width + 1).fill(NO_CORNER);
  /** @type {(corner: number, x: number) => void} */
  const link = (corner, x) => {
    const other = open[x];
    if (other === NO_CORNER) {
      open[x] = corner;
      return;
    }
    partner[corner] = other;
    partner[other] = corner;
    open[x] = NO_CORNER;
  };
  for (let at = 0; at < edges.length; at += EDGE_STRIDE) {
    const left = at / 2;
    const right = left + 1;
    const crossing = edges[at] === edges[at + EDGE_STRIDE] && edges[at + 2] === edges[at + EDGE_STRIDE + 1];
    const afterCrossing = at > 0 && edges[at] === edges[at - EDGE_STRIDE] && edges[at + 1] === edges[at - 2];
    if (!(afterCrossing && edges[at - 1] === 1)) link(left, edges[at + 1]);
    if (crossing && edges[at + 3] === 1) link(right + 1, edges[at + 2]);
    link(right, edges[at + 2]);
  }
  return partner;
}
