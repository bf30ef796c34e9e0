/** Undo and redo on the current image. */

/** @import {Action, ImageDocument} from '../state_types.js' */

import { redo, undo } from '../undo_history.js';
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
