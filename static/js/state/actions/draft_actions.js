/** The unfinished object of an earlier page. */

/** @import {Action, Draft, ImageId} from '../state_types.js' */

import { shownCandidate } from '../draft.js';
import { amend } from '../undo_history.js';
import { editDocument } from './document_edits.js';

/**
 * Show the unfinished object that an earlier page left behind, unless this page has begun another one.
 *
 * @param {ImageId} imageId the image it lies on; its kept objects are there already
 * @param {Draft} draft the unfinished object
 * @param {boolean} sameModel false when another model has answered: then only the prompts are taken up, and asked again
 * @returns {Action} no step of its own
 */
export function recallDraft(imageId, draft, sameModel) {
  return (state) => {
    const revision = state.nextRevision;
    const next = editDocument(state, imageId, (document) => {
      const { content } = document;
      if (content.draft) return document;
      const refined = content.objects.some((object) => object.key === draft.refines);
      const answers = sameModel ? {} : withoutAnswers(draft);
      // Revision 0 says that no prompt was added to a reopened object.
      const number = draft.revision === 0 ? 0 : revision;
      const recalled = { ...draft, ...answers, revision: number, refines: refined ? draft.refines : null };
      return amend(document, { ...content, draft: recalled });
    });
    return next === state ? state : { ...next, nextRevision: revision + 1 };
  };
}

const NO_LOGITS = { previousLogits: null, baseLogits: null, crop: null };

/**
 * Forget what another model has answered.
 *
 * @param {Draft} draft the unfinished object
 * @returns {Partial<Draft>} what is left of another model's answers: nothing, unless the mask was drawn by hand
 */
export function withoutAnswers(draft) {
  const drawn = draft.handEdits.length > 0 && draft.answered ? shownCandidate(draft) : null;
  if (!drawn) return { ...NO_LOGITS, candidates: [], candidateIndex: 0, answered: false };
  const candidate = { ...drawn, logits: new Float32Array(0), side: 0 };
  return { ...NO_LOGITS, candidates: [candidate], candidateIndex: 0, answered: true };
}
