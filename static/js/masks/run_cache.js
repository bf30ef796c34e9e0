/** The stretches of masks, read once per mask. */

/** @import { MaskRuns, Rle } from '../types.js' */

import { runsOfRle } from './mask_runs.js';

/** @type {WeakMap<Rle, MaskRuns>} */
const read = new WeakMap();

/**
 * Read the runs of a mask, once.
 *
 * @param {Rle} rle - The mask.
 * @returns {MaskRuns} Its stretches.
 */
export function cachedRuns(rle) {
  let runs = read.get(rle);
  if (!runs) read.set(rle, (runs = runsOfRle(rle)));
  return runs;
}

/**
 * Remember the runs that a mask was made of.
 *
 * @param {Rle} rle - The mask.
 * @param {MaskRuns} runs - Its stretches.
 */
export function rememberRuns(rle, runs) {
  read.set(rle, runs);
}
