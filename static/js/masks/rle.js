/** Masks as COCO run lengths: the form in which a mask is kept, sent and exported. */

import { bboxOfEdges, edgesOfMask, maskOfEdges } from './edges.js';
import { edgesOfRle, readCounts, rleOfEdges } from './rle_edges.js';

/** @import { BoxXywh, Rle, Size } from '../types.js' */

/**
 * Encode a mask.
 *
 * @param {Uint8Array} mask - Row by row, 1 inside and 0 outside.
 * @param {Size} size - Of the mask, in pixels.
 * @returns {Rle} The same string that pycocotools makes.
 */
export function encodeRle(mask, size) {
  return rleOfEdges(edgesOfMask(mask, size), size);
}

/**
 * Decode a mask.
 *
 * @param {Rle} rle - From any COCO tool.
 * @returns {Uint8Array} Row by row, 1 inside and 0 outside.
 * @throws {RangeError} If the counts are not well-formed or do not fill the size.
 */
export function decodeRle(rle) {
  const [height, width] = rle.size;
  return maskOfEdges(edgesOfRle(rle), { width, height });
}

/**
 * Count the pixels inside.
 *
 * @param {Rle} rle - From any COCO tool.
 * @returns {number} 0 for an empty mask.
 * @throws {RangeError} If the counts are not well-formed or do not fill the size.
 */
export function rleArea(rle) {
  const counts = readCounts(rle);
  let area = 0;
  for (let run = 1; run < counts.length; run += 2) area += counts[run];
  return area;
}

/**
 * Find the smallest box around the mask.
 *
 * @param {Rle} rle - From any COCO tool.
 * @returns {BoxXywh} In image pixels; all zero for an empty mask.
 * @throws {RangeError} If the counts are not well-formed or do not fill the size.
 */
export function rleBbox(rle) {
  return bboxOfEdges(edgesOfRle(rle));
}
