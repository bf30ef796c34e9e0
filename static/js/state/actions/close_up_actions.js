/** The close-up of the open image. */

/** @import {Action, CloseUp, ImageId} from '../state_types.js' */

import { isSameCrop } from '../../masks/placement.js';
import { onCrop } from '../close_up.js';
import { amendEverywhere } from '../undo_history.js';
import { editDocument } from './document_edits.js';

/**
 * Say which part of the open image is encoded, or being encoded.
 *
 * @param {CloseUp | null} closeUp null for none
 * @returns {Action} does nothing when another image was opened meanwhile
 */
export function setCloseUp(closeUp) {
  return (state) => {
    if (closeUp === state.closeUp || (closeUp && closeUp.imageId !== state.currentImageId)) return state;
    return { ...state, closeUp, hover: null };
  };
}

/**
 * Say that the decoder has the close-up.
 *
 * @param {CloseUp} closeUp the one that was asked for
 * @returns {Action} does nothing when there is another one by now, or none
 */
export function markCloseUpReady(closeUp) {
  return (state) =>
    state.closeUp === closeUp ? { ...state, closeUp: { ...closeUp, ready: true }, hover: null } : state;
}

/**
 * Let the whole image answer prompts whose close-up is gone before it has answered.
 *
 * @param {ImageId} imageId the image
 * @param {number} revision of the prompts
 * @returns {Action} no step of its own
 */
export function answerOnWhole(imageId, revision) {
  return (state) =>
    editDocument(state, imageId, (document) =>
      amendEverywhere(document, (content) => {
        const { draft } = content;
        if (draft?.revision !== revision || draft.answered || isSameCrop(draft.crop, null)) return content;
        return { ...content, draft: onCrop(state, draft, draft, null) };
      }),
    );
}
