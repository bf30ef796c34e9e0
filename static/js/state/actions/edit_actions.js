/** Masks changed by hand: each change is one step, whatever and however many objects it touches. */

/** @import {Action, Candidate, HandEdit, KeptObject} from '../state_types.js' */

import { emptyDraft } from '../draft.js';
import { withHandEdit } from '../hand_edits.js';
import { stepOnCurrent } from './document_edits.js';

/**
 * Replace kept objects, add others, or delete them.
 *
 * @param {ReadonlyMap<string, readonly KeptObject[]>} replacements key to what takes its place, none to delete it
 * @param {readonly KeptObject[]} [added] new ones, on top
 * @returns {Action} one step
 */
export function replaceObjects(replacements, added = []) {
  return stepOnCurrent((content) => {
    const replaced = content.objects.flatMap((object) => replacements.get(object.key) ?? [object]);
    const same = replaced.length === content.objects.length && replaced.every((one, at) => one === content.objects[at]);
    if (same && added.length === 0) return content;
    const refined = content.draft?.refines;
    const closes = refined !== null && refined !== undefined && replacements.has(refined);
    return { objects: [...replaced, ...added], draft: closes ? null : content.draft, outline: null };
  });
}

/**
 * Show a mask that was made by hand as the open object, in place of its candidates; without an open object it starts a
 * new one. Clicks go on from the candidate's logits.
 *
 * @param {Candidate} candidate the mask, with logits made of it; none while no model is known
 * @param {HandEdit} edit what was done
 * @returns {Action} one step; does nothing without an image or a class
 */
export function editDraft(candidate, edit) {
  return (state) => {
    const categoryId = state.activeCategoryId;
    if (categoryId === null) return state;
    const step = stepOnCurrent((content) => {
      const draft = content.draft ?? emptyDraft(categoryId);
      return {
        ...content,
        outline: null,
        draft: {
          ...draft,
          revision: state.nextRevision,
          candidates: [candidate],
          candidateIndex: 0,
          answered: true,
          changed: true,
          baseLogits: candidate.logits.length > 0 ? candidate.logits : null,
          handEdits: withHandEdit(draft.handEdits, edit),
          crop: null,
        },
      };
    });
    const next = step(state);
    return next === state ? state : { ...next, nextRevision: state.nextRevision + 1, promptAnchor: null };
  };
}
