/** How actions reach the document of one image. */

/** @import {Action, DocumentContent, ImageDocument, ImageId, SessionState} from '../state_types.js' */

import { overlapPolicy, withoutOverlaps } from '../overlap.js';
import { EMPTY_DOCUMENT } from '../session_state.js';
import { phrase } from '../../texts/texts.js';
import { record } from '../undo_history.js';
import { withOrder } from '../z_order.js';
import { addNotice } from './view_actions.js';

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
 * @param {{takes?: boolean}} [options] whether the masks may take pixels of other objects in an exclusive project; as the
 *   session says when left out
 * @returns {Action} does nothing when no image is open
 */
export function stepOnCurrent(change, { takes } = {}) {
  return (state) => {
    const imageId = state.currentImageId;
    if (imageId === null) return state;
    let refused = false;
    const next = editDocument(state, imageId, (document) => {
      const content = withOrder(change(document.content, state), document.content);
      if (overlapPolicy(state) === 'allowed') return record(document, content);
      const rule = { takes: takes ?? state.takesPixels, lockedKeys: state.lockedKeys };
      const exclusive = withoutOverlaps(content, document.content, rule);
      refused = exclusive === null;
      return exclusive ? record(document, exclusive) : document;
    });
    return refused ? addNotice(ALL_TAKEN)(next) : next;
  };
}

const ALL_TAKEN = {
  tone: /** @type {const} */ ('info'),
  message: phrase('a mask must have a pixel of its own, got one whose pixels all belong to other objects'),
  hint: phrase('Shift+Enter takes them, and W lets every tool take them'),
};
