/** Between run lengths, which go down the columns, and edges, which go along the rows; no pixels are painted. */

import { EDGE_STRIDE } from './edges.js';
import { IntList } from './int_list.js';
import { formatCounts, parseCounts } from './rle_counts.js';

/** @import { MaskEdges, Rle, Size } from '../types.js' */

/**
 * Read the run lengths of a mask.
 *
 * @param {Rle} rle - From any COCO tool.
 * @returns {Int32Array} In pixels, background first; they fill the size.
 * @throws {RangeError} If the counts are not well-formed or do not fill the size.
 */
export function readCounts({ size: [height, width], counts: text }) {
  const counts = parseCounts(text);
  let total = 0;
  for (const count of counts) total += count;
  if (total !== height * width) {
    throw new RangeError(`rle counts must add up to ${height} x ${width} = ${height * width} pixels, got ${total}`);
  }
  return counts;
}

/**
 * Encode the mask with these edges.
 *
 * @param {MaskEdges} edges - All edges of one mask, sorted by row.
 * @param {Size} size - Of the whole image, in pixels.
 * @returns {Rle} The same string that pycocotools makes.
 */
export function rleOfEdges(edges, { width, height }) {
  const columnStarts = new Int32Array(width + 1);
  for (let at = 0; at < edges.length; at += EDGE_STRIDE) {
    for (let x = edges[at + 1]; x < edges[at + 2]; x += 1) columnStarts[x + 1] += 1;
  }
  for (let x = 0; x < width; x += 1) columnStarts[x + 1] += columnStarts[x];
  const changes = new Int32Array(columnStarts[width]);
  const filled = columnStarts.slice();
  for (let at = 0; at < edges.length; at += EDGE_STRIDE) {
    for (let x = edges[at + 1]; x < edges[at + 2]; x += 1) {
      changes[filled[x]] = x * height + edges[at];
      filled[x] += 1;
    }
  }
  return { size: [height, width], counts: formatCounts(countsOfChanges(changes, width * height)) };
}

/**
 * Turn the places where a column-by-column scan changes sides into run lengths.
 *
 * @param {Int32Array} changes - Ascending. A column that ends inside and a next one that starts inside give the same
 *   place twice, which is no change.
 * @param {number} total - Number of pixels.
 * @returns {Int32Array}
 */
function countsOfChanges(changes, total) {
  const counts = new IntList();
  let last = 0;
  let index = 0;
  while (index < changes.length && changes[index] < total) {
    if (changes[index] === changes[index + 1]) {
      index += 2;
      continue;
    }
    counts.push(changes[index] - last);
    last = changes[index];
    index += 1;
  }
  counts.push(total - last);
  return counts.toArray();
}

/**
 * Find the horizontal edges of an encoded mask without painting it.
 *
 * @param {Rle} rle - From any COCO tool.
 * @returns {MaskEdges} Sorted by row, then column.
 * @throws {RangeError} If the counts are not well-formed or do not fill the size.
 */
export function edgesOfRle(rle) {
  const [height, width] = rle.size;
  const spans = columnSpans(readCounts(rle), height);
  // Only the rows of the mask: most masks are far smaller than their image.
  let top = height;
  let bottom = 0;
  for (let at = 0; at < spans.length; at += 3) {
    top = Math.min(top, spans[at + 1]);
    bottom = Math.max(bottom, spans[at + 2]);
  }
  if (spans.length === 0) return new Int32Array(0);
  const rowStarts = new Int32Array(bottom - top + 2);
  for (let at = 0; at < spans.length; at += 3) {
    rowStarts[spans[at + 1] - top + 1] += 1;
    rowStarts[spans[at + 2] - top + 1] += 1;
  }
  for (let row = 1; row < rowStarts.length; row += 1) rowStarts[row] += rowStarts[row - 1];
  const columns = new Int32Array(2 * (spans.length / 3));
  const filled = rowStarts.slice();
  for (let at = 0; at < spans.length; at += 3) {
    columns[filled[spans[at + 1] - top]++] = 2 * spans[at] + 1;
    columns[filled[spans[at + 2] - top]++] = 2 * spans[at];
  }
  return joinColumns(columns, rowStarts, top, width);
}

/**
 * @param {Int32Array} counts
 * @param {number} height
 * @returns {Int32Array} The inside pieces of all columns, three numbers each: x, first row, row after the last.
 */
function columnSpans(counts, height) {
  const spans = new IntList();
  let position = 0;
  for (let run = 0; run + 1 < counts.length; run += 2) {
    let start = position + counts[run];
    position = start + counts[run + 1];
    // A background run of no pixels between two inside runs, which some tools write, joins them.
    while (counts[run + 2] === 0 && run + 3 < counts.length) {
      position += counts[run + 3];
      run += 2;
    }
    while (start < position) {
      const x = Math.floor(start / height);
      const end = Math.min(position, (x + 1) * height);
      spans.push(x);
      spans.push(start - x * height);
      spans.push(end - x * height);
      start = end;
    }
  }
  return spans.toArray();
}

/**
 * @param {Int32Array} columns - Per row the edges of single pixels in ascending order: 2 * x, plus 1 if inside below.
 * @param {Int32Array} rowStarts - Where each row starts in `columns`.
 * @param {number} top - The first row.
 * @param {number} width
 * @returns {MaskEdges}
 */
function joinColumns(columns, rowStarts, top, width) {
  const edges = new IntList();
  for (let row = 0; row + 1 < rowStarts.length; row += 1) {
    let index = rowStarts[row];
    while (index < rowStarts[row + 1]) {
      const first = columns[index];
      let length = 0;
      while (index < rowStarts[row + 1] && columns[index] === first + 2 * length && length < width) {
        length += 1;
        index += 1;
      }
      edges.push(top + row);
      edges.push(first >> 1);
      edges.push((first >> 1) + length);
      edges.push(first & 1);
    }
  }
  return edges.toArray();
}
