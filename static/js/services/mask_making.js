/** Makes kept objects and open objects of masks that were edited by hand. */

/** @import {BoxXyxy, Candidate, Contours, HandTool, MaskRuns, ModelJson, Rle, Size} from '../types.js' */
/** @import {KeptObject, SessionStore} from '../state/state_types.js' */

import { boxFromXywh } from '../geometry/box.js';
import { exactMaskOfRuns } from '../masks/exact_mask.js';
import { logitsOfMask } from '../masks/mask_logits.js';
import { bboxOfRuns } from '../masks/mask_runs.js';
import { placementOf } from '../masks/placement.js';
import { rememberRuns } from '../masks/run_cache.js';
import { cropOfCandidate } from '../state/close_up.js';
import { withMask } from '../state/hand_edits.js';
import { currentImage, openDraft, shownCandidate } from '../state/selectors.js';

/**
 * @typedef {object} MaskMaking
 * @property {() => Size} size of the open image
 * @property {(runs: MaskRuns) => BoxXyxy} boxOf the box around a mask
 * @property {(object: KeptObject, runs: MaskRuns, edit: {tool: HandTool, shape?: MaskRuns}) => KeptObject | null} remade
 *   the object with that mask; null when nothing is left of it. `shape` is where it was edited, else all of it
 * @property {(runs: MaskRuns) => Candidate} candidate the mask as the open object shows it, with logits to go on from
 * @property {(runs: MaskRuns) => Float32Array | null} logits of a mask that no decoder made; null without a model
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {() => ModelJson | null} parts.model the model that answers, null before it is known
 * @param {(rle: Rle, contours: Contours) => void} parts.putContours remembers an outline that is known already
 * @returns {MaskMaking} the service
 */
export function createMaskMaking({ store, model, putContours }) {
  const size = () => currentImage(store.get()) ?? { width: 0, height: 0 };
  /** @type {(runs: MaskRuns) => import('../types.js').ExactMask} */
  const exact = (runs) => {
    const mask = exactMaskOfRuns(runs, size());
    rememberRuns(mask.rle, runs);
    putContours(mask.rle, mask.contours);
    return mask;
  };
  /** @type {(runs: MaskRuns) => BoxXyxy} */
  const boxOf = (runs) => boxFromXywh(bboxOfRuns(runs, size().height));
  /** @type {(runs: MaskRuns, earlier: Float32Array | null) => Float32Array | null} */
  const logits = (runs, earlier) => {
    const known = model();
    return known && logitsOfMask(runs, known.mask_size, placementOf(known, size()), earlier);
  };

  return {
    size,
    boxOf,
    remade(object, runs, { tool, shape = runs }) {
      if (runs.length === 0) return null;
      return withMask(object, exact(runs), { tool, box: boxOf(shape) });
    },
    candidate(runs) {
      const shown = shownCandidate(openDraft(store.get()));
      // Logits of a close-up lie elsewhere and say nothing about the whole image.
      const earlier = shown && cropOfCandidate(shown) === null ? shown.logits : null;
      const values = logits(runs, earlier) ?? new Float32Array(0);
      const side = Math.round(Math.sqrt(values.length));
      return { ...exact(runs), token: 0, predictedIou: shown?.predictedIou ?? 0, logits: values, side };
    },
    logits: (runs) => logits(runs, null),
  };
}
