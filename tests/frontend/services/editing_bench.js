/** A session whose kept objects have real masks, with the services that edit them. */

/** @import {MaskRuns, ModelJson, Rle} from '../../../static/js/types.js' */
/** @import {KeptObject} from '../../../static/js/state/state_types.js' */

import { vi } from 'vitest';
import { areaOfRuns, bboxOfRuns, rleOfRuns, runsOfRle } from '../../../static/js/masks/mask_runs.js';
import { createMaskMaking } from '../../../static/js/services/mask_making.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { keptObjects } from '../../../static/js/state/selectors.js';
import { makeCandidate, makeObject, storeWithImages } from '../session_builders.js';

/** Of the images of `storeWithImages`. */
export const SIZE = { width: 100, height: 80 };

/** The part of a model that editing needs: logits of 16 x 16 for a square of 64. */
export const MODEL = /** @type {ModelJson} */ ({ mask_size: 16, image_size: 64 });

/**
 * Make the mask of a rectangle.
 *
 * @param {number} x left, in image pixels
 * @param {number} y top
 * @param {number} width in image pixels
 * @param {number} height in image pixels
 * @returns {MaskRuns} its stretches on an image of `SIZE`
 */
export function rectangle(x, y, width, height) {
  const starts = Array.from({ length: width }, (_, column) => (x + column) * SIZE.height + y);
  return Int32Array.from(starts.flatMap((start) => [start, start + height]));
}

/**
 * Make a kept object of a mask.
 *
 * @param {string} key its key
 * @param {MaskRuns} runs its mask
 * @param {Partial<KeptObject>} [change] what differs from the usual value
 * @returns {KeptObject} the object
 */
export function objectOf(key, runs, change = {}) {
  const mask = { rle: rleOfRuns(runs, SIZE), area: areaOfRuns(runs), bbox: bboxOfRuns(runs, SIZE.height) };
  return makeObject(key, { ...mask, ...change });
}

/**
 * Make a candidate of a mask.
 *
 * @param {MaskRuns} runs its mask
 * @returns {ReturnType<typeof makeCandidate>} the candidate
 */
export function candidateOf(runs) {
  const bbox = bboxOfRuns(runs, SIZE.height);
  return makeCandidate({ rle: rleOfRuns(runs, SIZE), area: areaOfRuns(runs), bbox });
}

/**
 * Make a session that keeps these objects.
 *
 * @param {...KeptObject} objects on the open image
 * @returns {ReturnType<typeof benchOf>} the session, the service that makes masks, and what a test reads
 */
export function editingBench(...objects) {
  return benchOf(objects);
}

/** @param {KeptObject[]} objects on the open image */
function benchOf(objects) {
  const store = storeWithImages();
  store.apply(loadObjects(1, objects));
  const putContours = vi.fn();
  const making = createMaskMaking({ store, model: () => MODEL, putContours });
  let keys = 0;
  return {
    store,
    making,
    putContours,
    newKey: () => `new${(keys += 1)}`,
    kept: () => keptObjects(store.get()).map(({ key, area }) => [key, area]),
    /** @param {string} key of a kept object */
    object: (key) => /** @type {KeptObject} */ (keptObjects(store.get()).find((one) => one.key === key)),
    notices: () => store.get().notices.map(({ message }) => message),
  };
}

/** @type {(object: {rle: Rle}) => MaskRuns} */
export const runsOf = ({ rle }) => runsOfRle(rle);
