/** From the decoder's logits to masks that can be shown and kept, and to readings that are only shown. */

import { contoursOfEdges } from '../masks/contour.js';
import { bboxOfEdges, edgesOfMask } from '../masks/edges.js';
import { rleArea } from '../masks/rle.js';
import { rleOfEdges } from '../masks/rle_edges.js';
import { coverageOfLogits, regionFromLogits } from '../masks/threshold.js';

/** @import { Candidate, LogitsPlacement, MaskReading } from '../types.js' */

/**
 * Make one candidate.
 *
 * @param {number} token - Which of the decoder's masks it is.
 * @param {number} predictedIou - What the decoder expects of it.
 * @param {Float32Array} logits - Its low-resolution logits, side * side values; kept.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {Candidate} With the exact mask at image size.
 */
function buildCandidate(token, predictedIou, logits, side, placement) {
  const region = regionFromLogits(logits, side, placement);
  const edges = edgesOfMask(region.mask, region, region);
  const rle = rleOfEdges(edges, placement.imageSize);
  return {
    token,
    predictedIou,
    logits,
    side,
    rle,
    area: rleArea(rle),
    bbox: bboxOfEdges(edges),
    contours: contoursOfEdges(edges, placement.imageSize.width),
  };
}

/**
 * Make the candidates that a prompt asks for.
 *
 * @param {{ logits: Float32Array, predictedIous: Float32Array }} outputs - All masks of the decoder, one after the
 *   other; copied.
 * @param {readonly number[]} tokens - Which of them to offer.
 * @param {number} side - Of each square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {Candidate[]} Highest predicted IoU first.
 */
export function buildCandidates({ logits, predictedIous }, tokens, side, placement) {
  return tokens
    .map((token) => {
      const own = logits.slice(token * side * side, (token + 1) * side * side);
      return buildCandidate(token, predictedIous[token], own, side, placement);
    })
    .sort((a, b) => b.predictedIou - a.predictedIou);
}

/**
 * Make the readings of a prompt, without masks at image size.
 *
 * @param {{ logits: Float32Array, predictedIous: Float32Array }} outputs - All masks of the decoder, one after the
 *   other; copied.
 * @param {readonly number[]} tokens - Which of them the prompt asks for.
 * @param {number} side - Of each square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {MaskReading[]} Highest predicted IoU first.
 */
export function buildReadings({ logits, predictedIous }, tokens, side, placement) {
  return tokens
    .map((token) => {
      const own = logits.slice(token * side * side, (token + 1) * side * side);
      const coverage = coverageOfLogits(own, side, placement);
      return { token, predictedIou: predictedIous[token], logits: own, side, placement, coverage };
    })
    .sort((a, b) => b.predictedIou - a.predictedIou);
}
