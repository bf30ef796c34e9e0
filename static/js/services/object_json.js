/** Kept objects in the form of the API, and back. */

/** @import {AnnotationJson, DetailsJson, LogitsJson, NewAnnotationJson} from '../types.js' */
/** @import {KeptObject, LogitsGrid, ObjectDetails} from '../state/state_types.js' */

import { logitsFromJson, logitsToJson } from '../inference/logits_json.js';

/**
 * Name the object that the server keeps as an annotation.
 *
 * @param {AnnotationJson} json the annotation
 * @returns {string} its key on every page: the one that its maker gave it, else one made of the id
 */
export function keyOfAnnotation(json) {
  return json.client_key ?? `a${json.id}`;
}

/**
 * Read an annotation of the server.
 *
 * @param {AnnotationJson} json the annotation
 * @returns {KeptObject} the object; without logits where the server left them out
 */
export function parseAnnotation(json) {
  return {
    key: keyOfAnnotation(json),
    categoryId: json.category_id,
    rle: json.segmentation,
    area: json.area,
    bbox: json.bbox,
    predictedIou: json.predicted_iou,
    prompts: parsePrompts(json),
    logits: json.low_res_logits ? parseLogits(json.low_res_logits) : null,
    hasLogits: json.has_logits || json.low_res_logits !== null,
    modelId: json.model_id,
    handEdits: json.prompts?.hand_edits ?? [],
    details: parseDetails(json),
    effort: json.effort ?? null,
    ...(json.origin ? { origin: json.origin } : {}),
    ...(json.author ? { author: json.author } : {}),
  };
}

/**
 * @param {AnnotationJson} json the annotation
 * @returns {KeptObject['prompts']} the clicks, the box and the threshold that made its mask
 */
function parsePrompts({ prompts }) {
  return { points: prompts?.points ?? [], box: prompts?.box ?? null, threshold: prompts?.threshold ?? null };
}

/**
 * Read the logits of an annotation.
 *
 * @param {LogitsJson} json as the server keeps them
 * @returns {LogitsGrid} the logits
 */
export function parseLogits(json) {
  return { side: json.shape[1], values: logitsFromJson(json) };
}

/**
 * Write an object for the server.
 *
 * @param {KeptObject} object the object
 * @returns {NewAnnotationJson} all fields
 */
export function formatAnnotation(object) {
  return {
    category_id: object.categoryId,
    segmentation: object.rle,
    model_id: object.modelId,
    predicted_iou: object.predictedIou,
    prompts: {
      points: [...object.prompts.points],
      box: object.prompts.box,
      hand_edits: [...object.handEdits],
      threshold: object.prompts.threshold ?? null,
    },
    low_res_logits: object.logits ? logitsToJson(object.logits.values, object.logits.side) : null,
    ...formatDetails(object.details),
    effort: object.effort,
    ...(object.origin ? { origin: object.origin } : {}),
  };
}

/**
 * Write what differs between two values of one object.
 *
 * @param {KeptObject | null} before what the server has, null when unknown
 * @param {KeptObject} after what it should have
 * @returns {Partial<NewAnnotationJson>} only class and details when the mask is the same; logits that only the server has are
 *   left as they are, unless they belong to another mask
 */
export function formatChange(before, after) {
  if (before && before.rle === after.rle && before.prompts === after.prompts) {
    return {
      category_id: after.categoryId,
      ...(before.details === after.details ? {} : formatDetails(after.details)),
      ...(before.effort === after.effort ? {} : { effort: after.effort }),
    };
  }
  const { low_res_logits: logits, ...fields } = formatAnnotation(after);
  const hasThem = after.logits === null && after.hasLogits && (!before || before.rle.counts === after.rle.counts);
  return hasThem ? fields : { ...fields, low_res_logits: logits };
}

/**
 * Say whether the server keeps an object as the page shows it.
 *
 * @param {AnnotationJson} json what the server keeps
 * @param {KeptObject} object what the page shows
 * @returns {boolean} true for the same mask with the same class, prompts and details
 */
export function isSameAnnotation(json, object) {
  return isSameObject(parseAnnotation(json), object);
}

/**
 * Say whether two values of an object show the same.
 *
 * @param {Comparable} a one of them
 * @param {Comparable} b the other one
 * @returns {boolean} true for the same mask with the same class, prompts and details
 */
export function isSameObject(a, b) {
  const sameMask = a.rle.counts === b.rle.counts && a.categoryId === b.categoryId;
  return sameMask && promptsText(a) === promptsText(b) && detailsText(a) === detailsText(b);
}

/** @typedef {Pick<KeptObject, 'rle' | 'categoryId' | 'prompts' | 'details'>} Comparable */

/** @type {(object: Comparable) => string} */
function promptsText({ prompts: { points, box, threshold } }) {
  return JSON.stringify([points.map(({ x, y, label }) => [x, y, label]), box, threshold ?? null]);
}

/** @type {(object: Comparable) => string} */
function detailsText({ details: { attributes, groupId, isCrowd, notes, zOrder = 0 } }) {
  const answers = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([answers, groupId, isCrowd, notes, zOrder]);
}

/** @type {(json: AnnotationJson) => ObjectDetails} */
function parseDetails({ attributes, group_id: groupId, iscrowd, notes, z_order: zOrder }) {
  return {
    attributes: attributes ?? {},
    groupId: groupId ?? null,
    isCrowd: iscrowd === 1,
    notes: notes ?? '',
    zOrder: zOrder ?? 0,
  };
}

/** @type {(details: ObjectDetails) => DetailsJson} */
function formatDetails({ attributes, groupId, isCrowd, notes, zOrder = 0 }) {
  return { attributes, group_id: groupId, iscrowd: isCrowd ? 1 : 0, notes, z_order: zOrder };
}
