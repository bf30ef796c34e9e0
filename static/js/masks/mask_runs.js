/**
 * Masks as stretches of inside pixels, the form in which they are edited: every operation takes time in proportion to
 * the outline, and no pixel is painted. See `MaskRuns` in types.d.ts.
 */

import { IntList } from './int_list.js';
import { readCounts } from './rle_edges.js';
import { formatCounts } from './rle_counts.js';

/** @import { BoxXywh, MaskRuns, Rle, Size } from '../types.js' */

/**
 * Read an encoded mask.
 *
 * @param {Rle} rle - From any COCO tool.
 * @returns {MaskRuns} Its stretches.
 * @throws {RangeError} If the counts are not well-formed or do not fill the size.
 */
export function runsOfRle(rle) {
  const counts = readCounts(rle);
  const runs = new IntList();
  let position = 0;
  let last = -1;
  for (let at = 0; at + 1 < counts.length; at += 2) {
    const start = position + counts[at];
    position = start + counts[at + 1];
    if (position > start) last = pushRun(runs, start, position, last);
  }
  return runs.toArray();
}

/**
 * Say whether a position lies in a mask.
 *
 * @param {MaskRuns} runs - Its stretches.
 * @param {number} height - Of the image, in pixels.
 * @param {{x: number, y: number}} point - In image pixels, on the image.
 * @returns {boolean} True inside; holes are outside.
 */
export function runsContain(runs, height, { x, y }) {
  const pixel = Math.floor(x) * height + Math.floor(y);
  for (let at = 0; at < runs.length; at += 2) {
    if (runs[at] <= pixel && pixel < runs[at + 1]) return true;
  }
  return false;
}

/**
 * Encode a mask.
 *
 * @param {MaskRuns} runs - Its stretches.
 * @param {Size} size - Of the image, in pixels.
 * @returns {Rle} The same string that pycocotools makes.
 */
export function rleOfRuns(runs, { width, height }) {
  const counts = new IntList();
  let position = 0;
  for (let at = 0; at < runs.length; at += 1) {
    counts.push(runs[at] - position);
    position = runs[at];
  }
  const rest = width * height - position;
  // A mask that reaches the last pixel ends with its run; an empty one is all background.
  if (rest > 0 || runs.length === 0) counts.push(rest);
  return { size: [height, width], counts: formatCounts(counts.toArray()) };
}

/**
 * Join overlapping stretches.
 *
 * @param {Int32Array} starts - Where each begins, in any order; sorted in place.
 * @param {Int32Array} ends - Where each ends, in any order; sorted in place.
 * @returns {MaskRuns} What is inside of at least one.
 */
export function runsOfIntervals(starts, ends) {
  starts.sort();
  ends.sort();
  const runs = new IntList();
  let depth = 0;
  let begin = 0;
  let started = 0;
  for (const end of ends) {
    while (started < starts.length && starts[started] <= end) {
      if (depth === 0) begin = starts[started];
      depth += 1;
      started += 1;
    }
    depth -= 1;
    if (depth === 0 && end > begin) {
      runs.push(begin);
      runs.push(end);
    }
  }
  return runs.toArray();
}

/**
 * Count the pixels inside.
 *
 * @param {MaskRuns} runs - A mask.
 * @returns {number} 0 for an empty one.
 */
export function areaOfRuns(runs) {
  let area = 0;
  for (let at = 0; at < runs.length; at += 2) area += runs[at + 1] - runs[at];
  return area;
}

/**
 * Find the smallest box around a mask.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {number} height - Of the image, in pixels.
 * @returns {BoxXywh} In image pixels; all zero for an empty mask.
 */
export function bboxOfRuns(runs, height) {
  if (runs.length === 0) return [0, 0, 0, 0];
  const left = Math.floor(runs[0] / height);
  const right = Math.floor((runs[runs.length - 1] - 1) / height);
  let top = height;
  let bottom = 0;
  eachSpan(runs, height, (_, first, end) => {
    top = Math.min(top, first);
    bottom = Math.max(bottom, end);
  });
  return [left, top, right - left + 1, bottom - top];
}

/**
 * Move a mask; what leaves the image is cut off.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {{ dx: number, dy: number }} by - Whole pixels to the right and down.
 * @param {Size} from - The image that the mask lies on.
 * @param {Size} to - The image that it goes to.
 * @returns {MaskRuns} The part on that image.
 */
export function shiftRuns(runs, { dx, dy }, from, to = from) {
  const shifted = new IntList();
  let last = -1;
  eachSpan(runs, from.height, (x, first, end) => {
    const column = x + dx;
    const top = Math.max(first + dy, 0);
    const bottom = Math.min(end + dy, to.height);
    if (column < 0 || column >= to.width || top >= bottom) return;
    last = pushRun(shifted, column * to.height + top, column * to.height + bottom, last);
  });
  return shifted.toArray();
}

/**
 * Visit the inside pieces of every column, left to right and top to bottom.
 *
 * @param {MaskRuns} runs - A mask.
 * @param {number} height - Of the image, in pixels.
 * @param {(x: number, first: number, end: number) => void} visit - Gets the column, the first row, and the row after the
 *   last.
 */
export function eachSpan(runs, height, visit) {
  for (let at = 0; at < runs.length; at += 2) {
    let start = runs[at];
    while (start < runs[at + 1]) {
      const x = Math.floor(start / height);
      const end = Math.min(runs[at + 1], (x + 1) * height);
      visit(x, start - x * height, end - x * height);
      start = end;
    }
  }
}

/**
 * Add a stretch behind the last one, joined to it where they touch.
 *
 * @param {IntList} runs - Stretches so far.
 * @param {number} start - Where it begins.
 * @param {number} end - Where it ends, after `start`.
 * @param {number} last - Where the last one ends; -1 when there is none.
 * @returns {number} Where the last one ends now.
 */
export function pushRun(runs, start, end, last) {
  if (start === last) runs.setLast(end);
  else {
    runs.push(start);
    runs.push(end);
  }
  return end;
}
