/** Kept objects: accepting, deleting, giving another class. */

/** @import {Action, DocumentContent, Draft, ImageId, KeptObject, SaveStatus} from '../state_types.js' */

import { cropOfCandidate } from '../close_up.js';
import { promptCount, shownCandidate } from '../draft.js';
import { amendEverywhere, withoutFarSteps } from '../undo_history.js';
import { NO_DETAILS } from '../object_details.js';
import { inDrawingOrder } from '../z_order.js';
import { editDocument, stepOnCurrent } from './document_edits.js';

/**
 * Turn the shown candidate into a kept object.
 *
 * @param {Draft} draft an answered draft
 * @param {{key: string, modelId: string | null}} identity key of the object, and the model that made the mask where the
 *   candidate does not say it
 * @returns {KeptObject | null} null when there is nothing to keep: no answer yet, or an empty mask
 */
export function objectFromDraft(draft, { key, modelId }) {
  const candidate = shownCandidate(draft);
  if (!candidate || !draft.answered || candidate.area === 0) return null;
  // Logits are kept of the whole image alone: those of a close-up would need its embedding to be gone on from.
  const keepsLogits = candidate.logits.length > 0 && cropOfCandidate(candidate) === null;
  return {
    key,
    categoryId: draft.categoryId,
    rle: candidate.rle,
    area: candidate.area,
    bbox: candidate.bbox,
    // A mask that was only drawn is no answer of a model.
    predictedIou: promptCount(draft) > 0 ? candidate.predictedIou : null,
    prompts: { points: draft.points, box: draft.box, threshold: draft.threshold },
    logits: keepsLogits ? { side: candidate.side, values: candidate.logits } : null,
    hasLogits: keepsLogits,
    modelId: promptCount(draft) > 0 ? (candidate.modelId ?? modelId) : null,
    handEdits: draft.handEdits,
    details: NO_DETAILS,
    effort: null,
  };
}

/**
 * Keep the open object. A refined object takes the place of the one it came from.
 *
 * @param {{key: string, modelId: string | null, takes?: boolean}} identity key of a new object, and the model that made
 *   the mask; with `takes` it gets its pixels even from other objects of an exclusive project
 * @returns {Action} one step; none when there is nothing to keep
 */
export function acceptDraft({ key, modelId, takes }) {
  return stepOnCurrent(
    (content) => {
      const { draft, objects } = content;
      if (!draft) return content;
      if (draft.refines && !draft.changed) return { ...content, draft: null };
      const kept = objectFromDraft(draft, { key: draft.refines ?? key, modelId });
      if (!kept) return content;
      const known = objects.some((object) => object.key === kept.key);
      return {
        objects: known
          ? objects.map((old) => (old.key === kept.key ? keptAgain(old, kept, draft) : old))
          : [...objects, kept],
        draft: null,
      };
    },
    { takes },
  );
}

/**
 * Delete a kept object; the draft that refines it is closed with it.
 *
 * @param {string} key the object
 * @returns {Action} one step
 */
export function deleteObject(key) {
  return stepOnCurrent((content) => {
    const objects = content.objects.filter((object) => object.key !== key);
    if (objects.length === content.objects.length) return content;
    return { objects, draft: content.draft?.refines === key ? null : content.draft };
  });
}

/**
 * Give a kept object another class.
 *
 * @param {string} key the object
 * @param {number} categoryId its new class
 * @returns {Action} one step
 */
export function setObjectCategory(key, categoryId) {
  return stepOnCurrent((content) => {
    const object = content.objects.find((candidate) => candidate.key === key);
    if (!object || object.categoryId === categoryId) return content;
    const objects = content.objects.map((old) => (old.key === key ? { ...old, categoryId } : old));
    return { ...content, objects };
  });
}

/**
 * Show the objects that the server keeps for an image. They come before anything that was made meanwhile, and are part
 * of every earlier step too: undo must not take them away.
 *
 * @param {ImageId} imageId the image
 * @param {readonly KeptObject[]} objects what the server keeps
 * @returns {Action} no step of its own
 */
export function loadObjects(imageId, objects) {
  const loaded = new Set(objects.map((object) => object.key));
  return editEveryStep(imageId, (content) => {
    const made = content.objects.filter((object) => !loaded.has(object.key));
    return { ...content, objects: inDrawingOrder([...objects, ...made]) };
  });
}

/**
 * Show an object as an earlier page left it unsaved.
 *
 * @param {ImageId} imageId the image
 * @param {string} key the object
 * @param {KeptObject | null} object null when the earlier page had deleted it
 * @returns {Action} no step of its own
 */
export function recallObject(imageId, key, object) {
  return editEveryStep(imageId, (content) => {
    const known = content.objects.some((old) => old.key === key);
    if (!object) return known ? { ...content, objects: content.objects.filter((old) => old.key !== key) } : content;
    const objects = known
      ? content.objects.map((old) => (old.key === key ? object : old))
      : [...content.objects, object];
    return { ...content, objects: inDrawingOrder(objects) };
  });
}

/**
 * Say how far the saving of an object has come.
 *
 * @param {string} key the object
 * @param {SaveStatus | null} status null when the server has it
 * @returns {Action} an action on the list of saves
 */
export function setSaveStatus(key, status) {
  return (state) => {
    if ((state.saves[key] ?? null) === status) return state;
    const saves = { ...state.saves };
    if (status) saves[key] = status;
    else delete saves[key];
    return { ...state, saves };
  };
}

/**
 * @param {KeptObject} old the object before it was refined
 * @param {KeptObject} kept the object with the shown candidate
 * @param {Draft} draft the draft that refined it
 * @returns {KeptObject} the object to keep; only the class differs when no prompt was added and the
 *   threshold is where it was
 */
function keptAgain(old, kept, draft) {
  const untouched = draft.revision === 0 && draft.threshold === (old.prompts.threshold ?? null);
  if (untouched) return { ...old, categoryId: kept.categoryId };
  return { ...kept, details: old.details, effort: old.effort };
}

/**
 * @param {ImageId} imageId the image
 * @param {(content: DocumentContent) => DocumentContent} change what happens to the present and to every other step
 * @returns {Action} the action
 */
function editEveryStep(imageId, change) {
  return (state) =>
    editDocument(state, imageId, (document) => {
      const amended = amendEverywhere(document, change);
      return amended.content === document.content ? amended : withoutFarSteps(amended);
    });
}
