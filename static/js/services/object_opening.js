/** Opens kept objects to refine them from the logits they were kept with, or else from their masks. */

/** @import {Candidate, ImagePoint, LogitsPlacement, ModelJson, Rle, Contours, Size, PromptPoint} from '../types.js' */
/** @import {KeptObject, LogitsGrid, SessionStore} from '../state/state_types.js' */
/** @import {AnnotationsApi} from '../api/annotations_api.js' */
/** @import {AnnotationSaver} from './annotation_saver.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { boxContains, boxFromXywh } from '../geometry/box.js';
import { isInsideContours } from '../geometry/hit_test.js';
import { imagePoint, promptPoint } from '../geometry/point.js';
import { deepestPoints } from '../masks/deepest_point.js';
import { logitsOfMask } from '../masks/mask_logits.js';
import { placementOf } from '../masks/placement.js';
import { runsContain } from '../masks/mask_runs.js';
import { cachedRuns } from '../masks/run_cache.js';
import { openObject } from '../state/actions/prompt_actions.js';
import { currentContent, currentImage, keptObjects } from '../state/selectors.js';
import { parseLogits } from './object_json.js';
import { text } from '../texts/texts.js';

/**
 * @typedef {object} ObjectOpening
 * @property {(key: string) => Promise<void>} open shows an object's own mask and prompts, ready for more prompts
 * @property {(point: ImagePoint) => KeptObject | null} objectAt the object under a point that is meant: of those that are
 *   shown and not locked a small one before a large one, and of about equally large ones the one on top
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {AnnotationsApi} parts.api the server, which keeps the logits
 * @param {AnnotationSaver} parts.saver knows the server's ids
 * @param {(rle: Rle) => Contours | null} parts.contoursOf outline of a mask, null while it is being traced
 * @param {(rle: Rle) => Promise<Contours>} parts.trace traces the outline of a mask
 * @param {() => ModelJson | null} parts.model the model that answers
 * @param {ReportProblem} parts.report shows problems
 * @returns {ObjectOpening} the service
 */
export function createObjectOpening({ store, api, saver, contoursOf, trace, model, report }) {
  /** @type {(object: KeptObject) => Promise<LogitsGrid | null>} */
  const logitsOf = async (object) => {
    if (object.logits || !object.hasLogits) return object.logits;
    const serverId = saver.serverIdOf(object.key);
    const json = serverId === null ? null : (await api.get(serverId)).low_res_logits;
    return json ? parseLogits(json) : null;
  };

  return {
    async open(key) {
      const imageId = store.get().currentImageId;
      const object = keptObjects(store.get()).find((kept) => kept.key === key);
      if (!object || currentContent(store.get()).draft?.refines === key) return;
      try {
        const [logits, contours] = await Promise.all([logitsOf(object), contoursOf(object.rle) ?? trace(object.rle)]);
        const stillThere = keptObjects(store.get()).includes(object);
        if (store.get().currentImageId !== imageId || !stillThere) return;
        const { base, placement } = startOf(object, logits, model(), currentImage(store.get()));
        const points = base && !placement ? helpingPoints(object, currentImage(store.get())) : undefined;
        store.apply(openObject(object, candidateOf(object, base, contours, placement), base, points));
      } catch (problem) {
        report(problem, text('the object was not opened'));
      }
    },
    objectAt(point) {
      const state = store.get();
      const under = keptObjects(state).filter((object) => {
        if (!boxContains(boxFromXywh(object.bbox), point)) return false;
        if (!state.masksVisible || state.hiddenKeys[object.key] || state.lockedKeys[object.key]) return false;
        const { rle } = object;
        const contours = contoursOf(rle);
        // Thousands of outlines take a while, and an object can be meant before its own is there.
        return contours ? isInsideContours(contours, point) : runsContain(cachedRuns(rle), rle.size[0], point);
      });
      return meantOf(under);
    },
  };
}

/** Up to so many times the area of the smallest one, objects count as equally large. */
const EQUALLY_LARGE = 2;

/**
 * Find which of the objects under a point is meant. The smallest one, because an object that lies within another could not be
 * reached otherwise; but where others are about as large, the one that is seen.
 *
 * @param {readonly KeptObject[]} under from the lowest to the one on top
 * @returns {KeptObject | null} null for none
 */
function meantOf(under) {
  const smallest = Math.min(...under.map(({ area }) => area));
  return under.filter(({ area }) => area <= EQUALLY_LARGE * smallest).at(-1) ?? null;
}

/**
 * @param {LogitsGrid | null} logits what was kept
 * @param {string | null} maker the model that gave them
 * @param {ModelJson | null} model the model that answers
 * @returns {Float32Array | null} null when they are none that the decoder takes as they are
 */
function usableLogits(logits, maker, model) {
  if (logits === null || model === null || maker === null || !model.takes_logits_of.includes(maker)) return null;
  return logits.side === model.mask_size && logits.values.length === logits.side ** 2 ? logits.values : null;
}

/**
 * Where the next click starts from. A mask that was imported, drawn or made with another encoder has no logits that this
 * decoder can use; they are made from the mask, and the mask says more than they do.
 *
 * @param {KeptObject} object the object
 * @param {LogitsGrid | null} logits what was kept
 * @param {ModelJson | null} model the model that answers
 * @param {Size | null | undefined} size of the image
 * @returns {{base: Float32Array | null, placement?: LogitsPlacement}} the logits, and where they lie if they were kept
 */
function startOf({ rle, modelId }, logits, model, size) {
  const base = usableLogits(logits, modelId, model);
  if (!model || !size) return { base };
  const placement = placementOf(model, size);
  return base ? { base, placement } : { base: logitsOfMask(cachedRuns(rle), model.mask_size, placement) };
}

/**
 * What the decoder is told beside logits that were made from a mask: with them alone the first click loses most of the
 * mask, with a click at its deepest place it keeps it.
 *
 * @param {KeptObject} object the object
 * @param {Size | null} size of the image
 * @returns {readonly PromptPoint[]} its own clicks where it has prompts, else one click
 */
function helpingPoints({ rle, prompts: { points, box } }, size) {
  if (!size || points.length > 0 || box) return points;
  return deepestPoints(cachedRuns(rle), size).map(({ x, y }) => promptPoint(imagePoint(x, y), 1));
}

/**
 * @param {KeptObject} object the object
 * @param {Float32Array | null} logits its logits where the decoder can use them
 * @param {Contours} contours its outline
 * @param {LogitsPlacement | undefined} placement the sizes between the logits it was kept with and the image; without,
 *   the mask says more than the logits
 * @returns {Candidate} the kept mask, exactly, in the form of an answer
 */
function candidateOf(object, logits, contours, placement) {
  const values = logits ?? new Float32Array(0);
  return {
    token: 0,
    predictedIou: object.predictedIou ?? 0,
    logits: values,
    side: Math.round(Math.sqrt(values.length)),
    rle: object.rle,
    area: object.area,
    bbox: object.bbox,
    contours,
    ...(object.modelId === null ? {} : { modelId: object.modelId }),
    placement: placement && { ...placement, threshold: object.prompts.threshold ?? placement.threshold },
  };
}
