/** Undo and redo on the current image. */

/** @import {Action, DocumentContent, Draft, ImageDocument, ImageId} from '../state_types.js' */

import { leaveFarSteps, redo, undo, withFarSteps } from '../undo_history.js';
import { editDocument } from './document_edits.js';

/**
 * Take the newest step on the current image back.
 *
 * @returns {Action} does nothing when there is no step
 */
export function undoStep() {
  return onCurrent(undo);
}

/**
 * Do the step again that was taken back last.
 *
 * @returns {Action} does nothing when there is no step
 */
export function redoStep() {
  return onCurrent(redo);
}

/**
 * Go on from the steps of an earlier page. What was done since comes after them.
 *
 * @param {ImageId} imageId the image; its kept objects are those of the step that the earlier page showed last
 * @param {object} history the steps
 * @param {readonly DocumentContent[]} history.past before that step, oldest first
 * @param {readonly DocumentContent[]} history.future after it
 * @param {number} history.earlier how many more there are before
 * @param {number} history.later how many more there are after
 * @param {Draft | null} history.draft the open object of that step
 * @param {number} history.nextRevision higher than every revision in the steps
 * @returns {Action} no step of its own
 */
export function recallSteps(imageId, { past, future, earlier, later, draft, nextRevision }) {
  return (state) => {
    const next = editDocument(state, imageId, (document) => {
      const untouched = document.past.length === 0 && document.future.length === 0;
      const { content } = document;
      return {
        content: untouched && !content.draft && draft ? { ...content, draft } : content,
        past: [...past, ...document.past],
        future: untouched ? future : document.future,
        earlier,
        later: untouched ? later : 0,
      };
    });
    return { ...next, nextRevision: Math.max(state.nextRevision, nextRevision) };
  };
}

/**
 * Leave steps that are far away to the database.
 *
 * @param {ImageId} imageId the image
 * @param {number} near how many steps back and forward stay
 * @returns {Action} no step of its own
 */
export function leaveSteps(imageId, near) {
  return (state) => editDocument(state, imageId, (document) => leaveFarSteps(document, near));
}

/**
 * Bring steps back that were far away.
 *
 * @param {ImageId} imageId the image
 * @param {{past?: ReadonlyArray<DocumentContent>, future?: ReadonlyArray<DocumentContent>}} steps from the first to the last
 * @returns {Action} no step of its own
 */
export function bringSteps(imageId, steps) {
  return (state) => editDocument(state, imageId, (document) => withFarSteps(document, steps));
}

/**
 * @param {(document: ImageDocument) => ImageDocument} change one step along the history
 * @returns {Action} the action on the current image; it drops a gesture's preview
 */
function onCurrent(change) {
  return (state) => {
    if (state.currentImageId === null) return state;
    const next = editDocument(state, state.currentImageId, change);
    return next === state ? state : { ...next, preview: null };
  };
}
