/** From the decoder's logits to masks that can be shown and kept, and to readings that are only shown. */

import { exactMaskOfLogits } from '../masks/exact_mask.js';
import { coverageOfLogits } from '../masks/threshold.js';

/** @import { Candidate, LogitsPlacement, MaskReading } from '../types.js' */

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
      const exact = exactMaskOfLogits(own, side, placement);
      return { token, predictedIou: predictedIous[token], logits: own, side, placement, ...exact };
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
