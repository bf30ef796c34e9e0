/** An edited mask in all its forms: what is kept, measured and shown. */

import { contoursOfEdges } from './contour.js';
import { areaOfRuns, bboxOfRuns, rleOfRuns } from './mask_runs.js';
import { edgesOfRle } from './rle_edges.js';

/** @import { ExactMask, MaskRuns, Size } from '../types.js' */

/**
 * Work the forms out.
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
