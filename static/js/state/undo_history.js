/** Undo and redo over the content of one image: a stack of earlier values, nothing is ever recomputed. */

/** @import {DocumentContent, ImageDocument} from './state_types.js' */

/** Steps kept per image. A step holds the logits of its candidates, about 0.3 MB. */
export const HISTORY_LIMIT = 100;

/**
 * Make `content` current and keep the present one as the newest step back.
 *
 * @param {ImageDocument} document the document before the step
 * @param {DocumentContent} content the content after the step
 * @returns {ImageDocument} a document without any step forward; the same one when nothing changed
 */
export function record(document, content) {
  if (content === document.content) return document;
  const past = [...document.past, document.content].slice(-HISTORY_LIMIT);
  return { content, past, future: [] };
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
  return { content, past: document.past.slice(0, -1), future: [document.content, ...document.future] };
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
  return { content, past: [...document.past, document.content], future };
}
