/** The threshold of the open object. Moving it is no step of its own: the next prompt remembers it. */

/** @import {Action, Candidate, Draft, ExactMask, ImageId} from '../state_types.js' */

import { amend, amendEverywhere } from '../undo_history.js';
import { snapThreshold, thresholdOf } from '../mask_threshold.js';
import { editDocument } from './document_edits.js';

/**
 * Move the threshold of the open object.
 *
 * @param {number | null} threshold null for the model's own
 * @returns {Action} does nothing where the threshold cannot be moved
 */
export function setThreshold(threshold) {
  const wanted = threshold === null ? null : snapThreshold(threshold);
  return (state) => {
    const imageId = state.currentImageId;
    if (imageId === null) return state;
    return editDocument(state, imageId, (document) => {
      const { draft } = document.content;
      if (!draft || thresholdOf(draft) === null || draft.threshold === wanted) return document;
      return amend(document, { ...document.content, draft: { ...draft, threshold: wanted, changed: true } });
    });
  };
}

/**
 * Give candidates their exact masks again, made with the threshold that was asked for.
 *
 * @param {ImageId} imageId the image
 * @param {Candidate} candidate the candidate that was asked about
 * @param {ExactMask} mask its mask now
 * @param {number} threshold what it was made with
 * @returns {Action} no step of its own; does nothing when the candidate is gone
 */
export function receiveExact(imageId, candidate, mask, threshold) {
  const { placement } = candidate;
  if (!placement) return (state) => state;
  const remade = { ...candidate, ...mask, placement: { ...placement, threshold } };
  /** @type {(draft: Draft) => Draft} */
  const exchange = (draft) => ({
    ...draft,
    candidates: draft.candidates.map((old) => (old === candidate ? remade : old)),
  });
  return (state) =>
    editDocument(state, imageId, (document) =>
      amendEverywhere(document, (content) =>
        content.draft?.candidates.includes(candidate) ? { ...content, draft: exchange(content.draft) } : content,
      ),
    );
}

/**
 * Show or hide where the decoder is unsure.
 *
 * @returns {Action} an action on the view
 */
export function toggleUncertainty() {
  return (state) => ({ ...state, uncertaintyShown: !state.uncertaintyShown });
}
