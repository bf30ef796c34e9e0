/** From the decoder's logits to masks that can be shown and kept, and to readings that are only shown. */

import { exactMaskOfLogits } from '../masks/exact_mask.js';
import { coverageOfLogits } from '../masks/threshold.js';

/** @import { Candidate, LogitsPlacement, MaskReading } from '../types.js' */

/**
 * Make the candidates that a prompt asks for. Masks of a large image take longer than the decoder does, so others may come
 * between two of them.
 *
 * @param {{ logits: Float32Array, predictedIous: Float32Array }} outputs - All masks of the decoder, one after the
 *   other; copied.
 * @param {readonly number[]} tokens - Which of them to offer.
 * @param {number} side - Of each square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @param {() => Promise<void>} pause - Lets others come between.
 * @returns {Promise<Candidate[]>} Highest predicted IoU first.
 */
export async function buildCandidates({ logits, predictedIous }, tokens, side, placement, pause) {
  // All are copied first: the next run of the decoder may use the same memory again.
  const masks = tokens.map((token) => ({
    ...{ token, predictedIou: predictedIous[token], side, placement },
    logits: logits.slice(token * side * side, (token + 1) * side * side),
  }));
  /** @type {Candidate[]} */
  const candidates = [];
  for (const mask of masks) {
    candidates.push({ ...mask, ...exactMaskOfLogits(mask.logits, side, placement) });
    if (candidates.length < masks.length) await pause();
  }
  return candidates.sort((a, b) => b.predictedIou - a.predictedIou);
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
