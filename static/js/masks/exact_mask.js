/** A mask in all its forms: what is kept, measured and shown. */

import { contoursOfEdges } from './contour.js';
import { bboxOfEdges, edgesOfMask } from './edges.js';
import { areaOfRuns, bboxOfRuns, rleOfRuns } from './mask_runs.js';
import { rleArea } from './rle.js';
import { edgesOfRle, rleOfEdges } from './rle_edges.js';
import { regionFromLogits } from './threshold.js';

/** @import { ExactMask, LogitsPlacement, MaskRuns, Size } from '../types.js' */

/**
 * Make the mask at image size.
 *
 * @param {Float32Array} logits - Low-resolution logits, side * side values.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {ExactMask} Equal to that of the reference, bit for bit.
 */
export function exactMaskOfLogits(logits, side, placement) {
  const region = regionFromLogits(logits, side, placement);
  const edges = edgesOfMask(region.mask, region, region);
  const rle = rleOfEdges(edges, placement.imageSize);
  return {
    rle,
    area: rleArea(rle),
    bbox: bboxOfEdges(edges),
    contours: contoursOfEdges(edges, placement.imageSize.width),
  };
}

/**
 * Work the forms of an edited mask out.
 *
 * @param {MaskRuns} runs - The mask.
 * @param {Size} size - Of the image, in pixels.
 * @returns {ExactMask} Code, area, box and outline.
 */
export function exactMaskOfRuns(runs, size) {
  const rle = rleOfRuns(runs, size);
  const contours = contoursOfEdges(edgesOfRle(rle), size.width);
  return { rle, area: areaOfRuns(runs), bbox: bboxOfRuns(runs, size.height), contours };
}
