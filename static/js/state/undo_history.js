/**
 * Undo and redo over the content of one image: a stack of earlier values, nothing is ever recomputed. Steps that are far
 * away may lie in the browser's database alone; the document counts them.
 */

/** @import {DocumentContent, ImageDocument} from './state_types.js' */

/**
 * Make `content` current and keep the present one as the newest step back.
 *
 * @param {ImageDocument} document the document before the step
 * @param {DocumentContent} content the content after the step
 * @returns {ImageDocument} a document without any step forward; the same one when nothing changed
 */
export function record(document, content) {
  if (content === document.content) return document;
  return { ...document, content, past: [...document.past, document.content], future: [], later: 0 };
}

/**
 * Change the present content without a step of its own, for answers that belong to the newest step.
 *
 * @param {ImageDocument} document the document to change
 * @param {DocumentContent} content the content to show instead
 * @returns {ImageDocument} the document with its steps untouched
 */
export function amend(document, content) {
  return content === document.content ? document : { ...document, content };
}

/**
 * Change every content that the document remembers, forward and back.
 *
 * @param {ImageDocument} document the document to change
 * @param {(content: DocumentContent) => DocumentContent} change returns its argument where nothing changes
 * @returns {ImageDocument} the changed document
 */
export function amendEverywhere(document, change) {
  return {
    ...document,
    content: change(document.content),
    past: document.past.map(change),
    future: document.future.map(change),
  };
}

/**
 * Go one step back.
 *
 * @param {ImageDocument} document the document
 * @returns {ImageDocument} the same document when there is no step back
 */
export function undo(document) {
  const content = document.past.at(-1);
  if (!content) return document;
  return { ...document, content, past: document.past.slice(0, -1), future: [document.content, ...document.future] };
}

/**
 * Go one step forward again.
 *
 * @param {ImageDocument} document the document
 * @returns {ImageDocument} the same document when there is no step forward
 */
export function redo(document) {
  const [content, ...future] = document.future;
  if (!content) return document;
  return { ...document, content, past: [...document.past, document.content], future };
}

/**
 * Leave the steps that are far away to the database.
 *
 * @param {ImageDocument} document the document
 * @param {number} near how many steps back and forward stay
 * @returns {ImageDocument} the same document where there are no more
 */
export function leaveFarSteps(document, near) {
  const { past, future, earlier = 0, later = 0 } = document;
  if (past.length <= near && future.length <= near) return document;
  return {
    ...document,
    past: past.slice(Math.max(0, past.length - near)),
    future: future.slice(0, near),
    earlier: earlier + Math.max(0, past.length - near),
    later: later + Math.max(0, future.length - near),
  };
}

/**
 * Put steps in front of, or behind, the ones that are here.
 *
 * @param {ImageDocument} document the document
 * @param {{past?: ReadonlyArray<DocumentContent>, future?: ReadonlyArray<DocumentContent>}} steps that were far away, from the
 *   first to the last
 * @returns {ImageDocument} the document with them
 */
export function withFarSteps(document, { past = [], future = [] }) {
  return {
    ...document,
    past: [...past, ...document.past],
    future: [...document.future, ...future],
    earlier: (document.earlier ?? 0) - past.length,
    later: (document.later ?? 0) - future.length,
  };
}

/**
 * Give up the steps that are far away: they do not fit what has come in from elsewhere.
 *
 * @param {ImageDocument} document the document
 * @returns {ImageDocument} the document with the steps that are here
 */
export function withoutFarSteps(document) {
  return document.earlier || document.later ? { ...document, earlier: 0, later: 0 } : document;
}

/**
 * Say how many steps lead to what is shown.
 *
 * @param {ImageDocument} document the document
 * @returns {number} those that are far away included
 */
export function stepNumber({ past, earlier = 0 }) {
  return earlier + past.length;
}
