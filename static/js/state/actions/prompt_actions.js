/** Prompts on the open object: every one is a step that undo takes back. */

/** @import {Action, BoxXyxy, Candidate, DecodeAnswer, Draft, ImagePoint, KeptObject, PointLabel, PromptPoint, SessionState} from '../state_types.js' */

import { cropFor, onCrop } from '../close_up.js';
import {
  draftFromObject,
  emptyDraft,
  withAnswer,
  withBox,
  withPoint,
  withPointMoved,
  withPrompts,
  withoutBox,
  withoutPoint,
} from '../draft.js';
import { readingIndex } from '../readings.js';
import { amend, amendEverywhere } from '../undo_history.js';
import { editDocument, stepOnCurrent } from './document_edits.js';

/**
 * Change the open object as one step, starting a new one where there is none.
 *
 * @param {(draft: Draft, revision: number) => Draft | null} change null closes the object
 * @param {ImagePoint | null} anchor where the strip of candidates belongs; null keeps it where it is
 * @returns {Action} does nothing without an image or a class
 */
function stepOnDraft(change, anchor = null) {
  return (state) => {
    const categoryId = state.activeCategoryId;
    if (categoryId === null) return state;
    const revision = state.nextRevision;
    const step = stepOnCurrent((content) => {
      const before = content.draft ?? emptyDraft(categoryId);
      const draft = change(before, revision);
      return { ...content, draft: draft && onCrop(state, draft, before, cropFor(state, draft)) };
    });
    const next = step(state);
    if (next === state) return state;
    return { ...next, nextRevision: revision + 1, promptAnchor: anchor ?? next.promptAnchor };
  };
}

/**
 * Add a click to the open object, or start a new object with it.
 *
 * @param {ImagePoint} point in image pixels
 * @param {PointLabel} label 1 for the object, 0 for the background
 * @returns {Action} one step
 */
export function addPoint(point, label) {
  return stepOnDraft((draft, revision) => withPoint(draft, point, label, revision), point);
}

/**
 * Add several clicks to the open object at once, with a box or without, or start a new object with them.
 *
 * @param {{points: ReadonlyArray<ImagePoint>, label: PointLabel, box: BoxXyxy | null}} prompts in image pixels
 * @returns {Action} one step
 */
export function addPrompts(prompts) {
  return stepOnDraft((draft, revision) => withPrompts(draft, prompts, revision), prompts.points.at(-1) ?? null);
}

/**
 * Set the box of the open object, or start a new object with it.
 *
 * @param {BoxXyxy} box in image pixels
 * @returns {Action} one step
 */
export function setBox(box) {
  return stepOnDraft((draft, revision) => withBox(draft, box, revision));
}

/**
 * Move a click of the open object.
 *
 * @param {number} index which click, in the order they were made
 * @param {ImagePoint} point in image pixels
 * @returns {Action} one step
 */
export function movePoint(index, point) {
  return stepOnDraft((draft, revision) => withPointMoved(draft, index, point, revision), point);
}

/**
 * Take a click of the open object away.
 *
 * @param {number} index which click, in the order they were made
 * @returns {Action} one step
 */
export function removePoint(index) {
  return stepOnDraft((draft, revision) => withoutPoint(draft, index, revision));
}

/**
 * Take the box of the open object away.
 *
 * @returns {Action} one step
 */
export function removeBox() {
  return stepOnDraft((draft, revision) => withoutBox(draft, revision));
}

/**
 * Close the open object without keeping it; a reopened object stays as it was kept.
 *
 * @returns {Action} one step
 */
export function discardDraft() {
  return stepOnCurrent((content) => (content.draft ? { ...content, draft: null } : content));
}

/**
 * Open a kept object to refine it. An object that was open before is dropped by the same step.
 *
 * @param {KeptObject} object the kept object
 * @param {Candidate} candidate its mask and logits as a candidate
 * @param {Float32Array | null} baseLogits its logits, or null when this decoder cannot use them
 * @param {readonly PromptPoint[]} [points] clicks to start with, in place of its own
 * @returns {Action} one step
 */
export function openObject(object, candidate, baseLogits, points) {
  return stepOnCurrent((content) => ({ ...content, draft: draftFromObject(object, candidate, baseLogits, points) }));
}

/**
 * Show another candidate of the open object. Not a step of its own: the next prompt remembers it.
 *
 * @param {number} index which candidate, best first
 * @returns {Action} an action on the current image
 */
export function chooseCandidate(index) {
  return (state) => {
    const imageId = state.currentImageId;
    if (imageId === null) return state;
    return editDocument(state, imageId, (document) => {
      const draft = document.content.draft;
      if (!draft || !draft.candidates[index] || draft.candidateIndex === index) return document;
      return amend(document, { ...document.content, draft: { ...draft, candidateIndex: index } });
    });
  };
}

/**
 * Give the decoder's answer to the prompts it belongs to, wherever the history keeps them by now.
 *
 * @param {DecodeAnswer} answer candidates with the revision they were asked for
 * @returns {Action} an action on the image that was asked about
 */
export function receiveAnswer(answer) {
  return (state) => {
    const next = editDocument(state, answer.imageId, (document) =>
      amendEverywhere(document, (content) => {
        const { draft } = content;
        if (draft?.revision !== answer.revision || draft.answered) return content;
        const sizes = answer.candidates.map(({ area }) => area);
        const index = readingIndex(sizes, state.readings[draft.categoryId] ?? null);
        return { ...content, draft: withAnswer(draft, answer.candidates, index) };
      }),
    );
    return { ...next, lastDecodeMs: answer.totalMs };
  };
}

/**
 * Choose the class of the open object.
 *
 * @param {number} categoryId the class
 * @returns {Action} one step; none when there is no open object or it has the class already
 */
export function setDraftCategory(categoryId) {
  return stepOnCurrent((content) => {
    const { draft } = content;
    if (!draft || draft.categoryId === categoryId) return content;
    return { ...content, draft: { ...draft, categoryId, changed: draft.changed || draft.refines !== null } };
  });
}

/**
 * Show the box that a gesture is drawing.
 *
 * @param {BoxXyxy | null} box in image pixels, null when the gesture is over
 * @returns {Action} an action on the view
 */
export function previewBox(box) {
  return (/** @type {SessionState} */ state) => ({ ...state, preview: box ? { box } : null });
}
