/** What a step of work cost: told from the documents before and after it. */

/** @import {DocumentContent, Effort, ImageDocument, KeptObject} from './state_types.js' */

import { promptCount } from './draft.js';
import { stepNumber } from './undo_history.js';

/** @type {Effort} nothing was done yet */
export const NO_EFFORT = Object.freeze({ clicks: 0, undo_count: 0, hand_edits: 0, active_ms: 0 });

/**
 * Add a step to what was done since the last object was kept.
 *
 * @param {Effort} spent what was done before the step
 * @param {ImageDocument} before the document before the step
 * @param {ImageDocument} after the document after it
 * @returns {Effort} the same value when the step was none
 */
export function withStep(spent, before, after) {
  if (stepNumber(after) < stepNumber(before)) return { ...spent, undo_count: spent.undo_count + 1 };
  if (!isNewStep(before, after)) return spent;
  // The prompts of an object that is opened again were counted when it was made.
  const opens = after.content.draft?.refines && after.content.draft.refines !== before.content.draft?.refines;
  const clicks = opens ? 0 : Math.max(0, countOf(after.content) - countOf(before.content));
  const byHand = isMaskChangedByHand(before.content, after.content) ? 1 : 0;
  if (clicks + byHand === 0) return spent;
  return { ...spent, clicks: spent.clicks + clicks, hand_edits: spent.hand_edits + byHand };
}

/**
 * List the objects whose mask was made or changed by a step.
 *
 * @param {ImageDocument} before the document before the step
 * @param {ImageDocument} after the document after it
 * @returns {KeptObject[]} none for undo, redo and loading
 */
export function madeObjects(before, after) {
  if (before.content.objects === after.content.objects || !isNewStep(before, after)) return [];
  const known = new Map(before.content.objects.map((object) => [object.key, object]));
  return after.content.objects.filter((object) => known.get(object.key)?.rle !== object.rle);
}

/**
 * Give what was spent to the objects that came of it, in equal parts.
 *
 * @param {DocumentContent} content the objects of the image
 * @param {ImageDocument} before the document before they were made
 * @param {readonly KeptObject[]} made the objects that came of it
 * @param {Effort} spent what was done
 * @returns {DocumentContent} with the effort added to what each of these objects had
 */
export function withEffort(content, before, made, spent) {
  const share = 1 / made.length;
  const chosen = new Set(made);
  const known = new Map(before.content.objects.map((object) => [object.key, object]));
  const objects = content.objects.map((object) => {
    if (!chosen.has(object)) return object;
    const earlier = known.get(object.key)?.effort ?? NO_EFFORT;
    return { ...object, effort: sum(earlier, spent, share) };
  });
  return { ...content, objects };
}

/** @type {(a: Effort, b: Effort, share: number) => Effort} */
function sum(a, b, share) {
  return {
    clicks: a.clicks + Math.round(b.clicks * share),
    undo_count: a.undo_count + Math.round(b.undo_count * share),
    hand_edits: a.hand_edits + Math.round(b.hand_edits * share),
    active_ms: Math.round(a.active_ms + b.active_ms * share),
  };
}

/** @type {(content: DocumentContent) => number} */
const countOf = ({ draft }) => (draft ? promptCount(draft) : 0);

/** @type {(before: ImageDocument, after: ImageDocument) => boolean} redo shows what it had before, a new step does not */
function isNewStep(before, after) {
  return after.past !== before.past && after.past.at(-1) === before.content && !before.future.includes(after.content);
}

/** @type {(before: DocumentContent, after: DocumentContent) => boolean} */
function isMaskChangedByHand(before, after) {
  const ofDraft = after.draft !== null && after.draft.handEdits !== (before.draft?.handEdits ?? after.draft.handEdits);
  if (ofDraft || before.objects === after.objects) return ofDraft;
  const known = new Map(before.objects.map((object) => [object.key, object]));
  return after.objects.some((object) => {
    const old = known.get(object.key);
    return old !== undefined && old.rle !== object.rle && old.handEdits !== object.handEdits && !before.draft;
  });
}
