/** The object being made or refined, as a value: how prompts are added to it, moved and taken away. */

/** @import {BoxXyxy, Candidate, Draft, ImagePoint, KeptObject, PointLabel, PromptPoint} from './state_types.js' */

import { promptPoint } from '../geometry/point.js';

/**
 * Start an object that has no prompt yet.
 *
 * @param {number} categoryId class that the object will get
 * @returns {Draft} a draft without prompts
 */
export function emptyDraft(categoryId) {
  return {
    revision: 0,
    points: [],
    box: null,
    candidates: [],
    candidateIndex: 0,
    answered: true,
    previousLogits: null,
    baseLogits: null,
    categoryId,
    refines: null,
    changed: false,
    handEdits: [],
    threshold: null,
  };
}

/**
 * Reopen a kept object, showing exactly the mask that was kept.
 *
 * @param {KeptObject} object the kept object
 * @param {Candidate} candidate its mask and logits in the form that the decoder gives
 * @param {Float32Array | null} baseLogits its logits, or null when the decoder cannot use them
 * @param {readonly PromptPoint[]} [points] its clicks; other ones where they help the decoder to start from the mask
 * @returns {Draft} a draft that replaces the object when it is accepted
 */
export function draftFromObject(object, candidate, baseLogits, points = object.prompts.points) {
  return {
    ...emptyDraft(object.categoryId),
    points,
    box: object.prompts.box,
    candidates: [candidate],
    baseLogits,
    refines: object.key,
    handEdits: object.handEdits,
    threshold: object.prompts.threshold ?? null,
  };
}

/**
 * Name the candidate that is shown and that Enter would keep.
 *
 * @param {Draft | null} draft the open object, if any
 * @returns {Candidate | null} null before the first answer
 */
export function shownCandidate(draft) {
  return draft?.candidates[draft.candidateIndex] ?? null;
}

/**
 * Name the logits that the next prompt builds on: those of the shown mask.
 *
 * @param {Draft} draft the open object
 * @returns {Float32Array | null} null before the first answer
 */
function shownLogits(draft) {
  const logits = shownCandidate(draft)?.logits;
  return logits?.length ? logits : draft.baseLogits;
}

/**
 * Count the prompts of a draft.
 *
 * @param {Draft} draft the open object
 * @returns {number} points plus one for a box
 */
export function promptCount(draft) {
  return draft.points.length + (draft.box ? 1 : 0);
}

/**
 * Add one click.
 *
 * @param {Draft} draft the open object
 * @param {ImagePoint} point where, in image pixels
 * @param {PointLabel} label 1 for the object, 0 for the background
 * @param {number} revision number of the new set of prompts
 * @returns {Draft} the draft with the click, waiting for its answer
 */
export function withPoint(draft, point, label, revision) {
  const points = [...draft.points, promptPoint(point, label)];
  return waiting(draft, { points, previousLogits: shownLogits(draft), revision });
}

/**
 * Add several clicks at once, and a box where there is one; they are asked about together.
 *
 * @param {Draft} draft the open object
 * @param {{points: ReadonlyArray<ImagePoint>, label: PointLabel, box: BoxXyxy | null}} prompts what is added; a box takes the
 *   place of an earlier one
 * @param {number} revision number of the new set of prompts
 * @returns {Draft} the draft with the prompts, waiting for its answer
 */
export function withPrompts(draft, { points, label, box }, revision) {
  const boxed = box ? withBox(draft, box, revision) : waiting(draft, { previousLogits: shownLogits(draft), revision });
  return { ...boxed, points: [...draft.points, ...points.map((point) => promptPoint(point, label))] };
}

/**
 * Set the box, in place of an earlier one. An earlier box's mask says nothing about the new box, so its logits are
 * not fed back.
 *
 * @param {Draft} draft the open object
 * @param {BoxXyxy} box in image pixels
 * @param {number} revision number of the new set of prompts
 * @returns {Draft} the draft with the box, waiting for its answer
 */
export function withBox(draft, box, revision) {
  const previousLogits = draft.box ? draft.baseLogits : shownLogits(draft);
  return waiting(draft, { box, previousLogits, revision });
}

/**
 * Move one click. Only the newest click may keep the logits it was answered with: they came before it.
 *
 * @param {Draft} draft the open object
 * @param {number} index which click
 * @param {ImagePoint} point where to, in image pixels
 * @param {number} revision number of the new set of prompts
 * @returns {Draft} the draft with the moved click, waiting for its answer
 */
export function withPointMoved(draft, index, point, revision) {
  const points = draft.points.map((old, i) => (i === index ? { ...old, x: point.x, y: point.y } : old));
  const newest = index === draft.points.length - 1;
  return waiting(draft, { points, previousLogits: newest ? draft.previousLogits : draft.baseLogits, revision });
}

/**
 * Take one click away.
 *
 * @param {Draft} draft the open object
 * @param {number} index which click
 * @param {number} revision number of the new set of prompts
 * @returns {Draft | null} null when a new object has no prompt left
 */
export function withoutPoint(draft, index, revision) {
  const points = draft.points.filter((_, i) => i !== index);
  return withoutPrompt(draft, { points, revision });
}

/**
 * Take the box away.
 *
 * @param {Draft} draft the open object
 * @param {number} revision number of the new set of prompts
 * @returns {Draft | null} null when a new object has no prompt left
 */
export function withoutBox(draft, revision) {
  return withoutPrompt(draft, { box: null, revision });
}

/**
 * Put the decoder's answer into the draft that asked for it.
 *
 * @param {Draft} draft the draft whose revision was asked
 * @param {readonly Candidate[]} candidates best first
 * @param {number} [index] which of them is shown
 * @returns {Draft} the answered draft
 */
export function withAnswer(draft, candidates, index = 0) {
  return { ...draft, candidates, candidateIndex: index, answered: true };
}

/**
 * @param {Draft} draft the open object
 * @param {{points?: PromptPoint[], box?: null, revision: number}} change the prompts that are left
 * @returns {Draft | null} null when a new object has no prompt left
 */
function withoutPrompt(draft, change) {
  const next = waiting(draft, { ...change, previousLogits: draft.baseLogits });
  if (promptCount(next) > 0) return next;
  // Without a prompt there is nothing to ask, but what was drawn by hand stays.
  return draft.handEdits.length > 0 ? { ...next, answered: true } : null;
}

/**
 * @param {Draft} draft the open object
 * @param {Partial<Draft>} change prompts, revision and logits
 * @returns {Draft} the changed draft, not answered yet
 */
function waiting(draft, change) {
  return { ...draft, ...change, answered: false, changed: true };
}
