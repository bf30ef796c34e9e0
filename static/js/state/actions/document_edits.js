/** How actions reach the document of one image. */

/** @import {Action, DocumentContent, ImageDocument, ImageId, SessionState} from '../state_types.js' */

import { EMPTY_DOCUMENT } from '../session_state.js';
import { record } from '../undo_history.js';

/**
 * Change the whole document of an image, its history included.
 *
 * @param {SessionState} state the present state
 * @param {ImageId} imageId the image
 * @param {(document: ImageDocument) => ImageDocument} change returns its argument where nothing changes
 * @returns {SessionState} the same state when nothing changed
 */
export function editDocument(state, imageId, change) {
  const before = state.documents[imageId] ?? EMPTY_DOCUMENT;
  const after = change(before);
  if (after === before) return state;
  return { ...state, documents: { ...state.documents, [imageId]: after } };
}

/**
 * Make an action that changes the content of the current image, as one step that undo takes back.
 *
 * @param {(content: DocumentContent, state: SessionState) => DocumentContent} change returns its argument where
 *   nothing changes
 * @returns {Action} does nothing when no image is open
 */
export function stepOnCurrent(change) {
  return (state) => {
    const imageId = state.currentImageId;
    if (imageId === null) return state;
    return editDocument(state, imageId, (document) => record(document, change(document.content, state)));
  };
}
