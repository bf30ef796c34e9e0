/** Questions to the session state. */

/** @import {Category, DocumentContent, Draft, ImageDocument, ImageRecord, KeptObject, Outline, SaveStatus, SessionState} from './state_types.js' */

import { shownCandidate } from './draft.js';
import { EMPTY_DOCUMENT } from './session_state.js';

export { promptCount, shownCandidate } from './draft.js';

/**
 * Name the project that is loaded.
 *
 * @param {SessionState} state the session
 * @returns {number} its id
 * @throws {Error} while none is
 */
export function projectOf({ projectId }) {
  if (projectId === null) throw new Error('a project must be loaded, got none; check the connection to the server');
  return projectId;
}

/**
 * Find the open image.
 *
 * @param {SessionState} state the session
 * @returns {ImageRecord | null} null when none is open
 */
export function currentImage(state) {
  return state.images.find((image) => image.id === state.currentImageId) ?? null;
}

/**
 * Find the position of the open image in the list.
 *
 * @param {SessionState} state the session
 * @returns {number} from 0; -1 when none is open
 */
export function currentIndex(state) {
  return state.images.findIndex((image) => image.id === state.currentImageId);
}

/**
 * Find the image before or after the open one.
 *
 * @param {SessionState} state the session
 * @param {1 | -1} step 1 for the next image
 * @returns {ImageRecord | null} null at the end of the list
 */
export function neighbourImage(state, step) {
  const index = currentIndex(state);
  return index < 0 ? null : (state.images[index + step] ?? null);
}

/**
 * Find the document of the open image.
 *
 * @param {SessionState} state the session
 * @returns {ImageDocument} an empty one when no image is open
 */
export function currentDocument(state) {
  const id = state.currentImageId;
  return (id === null ? undefined : state.documents[id]) ?? EMPTY_DOCUMENT;
}

/**
 * Find what the open image holds: kept objects and the open one.
 *
 * @param {SessionState} state the session
 * @returns {DocumentContent} the present content
 */
export function currentContent(state) {
  return currentDocument(state).content;
}

/**
 * Find the object being made or refined on the open image.
 *
 * @param {SessionState} state the session
 * @returns {Draft | null} null when there is none
 */
export function openDraft(state) {
  return currentContent(state).draft;
}

/**
 * Find the outline that is drawn or edited point by point.
 *
 * @param {SessionState} state the session
 * @returns {Outline | null} null when there is none
 */
export function openOutline(state) {
  return currentContent(state).outline ?? null;
}

/**
 * List the kept objects of the open image.
 *
 * @param {SessionState} state the session
 * @returns {readonly KeptObject[]} in the order they were kept
 */
export function keptObjects(state) {
  return currentContent(state).objects;
}

/**
 * List the selected objects of the open image.
 *
 * @param {SessionState} state the session
 * @returns {readonly KeptObject[]} in drawing order
 */
export function selectedObjects(state) {
  if (state.selectedKeys.length === 0) return NO_OBJECTS;
  const selected = new Set(state.selectedKeys);
  return keptObjects(state).filter((object) => selected.has(object.key));
}

/** @type {readonly KeptObject[]} */
const NO_OBJECTS = Object.freeze([]);

/**
 * Find a class.
 *
 * @param {SessionState} state the session
 * @param {number} categoryId its id
 * @returns {Category | null} null for an unknown one
 */
export function categoryById(state, categoryId) {
  return state.categories.find((category) => category.id === categoryId) ?? null;
}

/**
 * Name the class that is in force: that of the open object, else the one for new objects.
 *
 * @param {SessionState} state the session
 * @returns {number | null} null when there are no classes
 */
export function effectiveCategoryId(state) {
  return openDraft(state)?.categoryId ?? state.activeCategoryId;
}

/**
 * Say whether there is a step to take back.
 *
 * @param {SessionState} state the session
 * @returns {boolean} true when undo would change something
 */
export function canUndo(state) {
  const { past, earlier = 0 } = currentDocument(state);
  return past.length + earlier > 0;
}

/**
 * Say whether there is a step to do again.
 *
 * @param {SessionState} state the session
 * @returns {boolean} true when redo would change something
 */
export function canRedo(state) {
  const { future, later = 0 } = currentDocument(state);
  return future.length + later > 0;
}

/**
 * Say whether the open object can be kept as it is shown.
 *
 * @param {SessionState} state the session
 * @returns {boolean} false before the answer and for an empty mask
 */
export function canAccept(state) {
  const draft = openDraft(state);
  return Boolean(draft?.answered && (shownCandidate(draft)?.area ?? 0) > 0);
}

/**
 * Count the objects that the server does not have yet.
 *
 * @param {SessionState} state the session
 * @returns {Record<SaveStatus, number>} by status
 */
export function saveCounts(state) {
  const counts = { saving: 0, waiting: 0, failed: 0, conflict: 0 };
  for (const status of Object.values(state.saves)) counts[status] += 1;
  return counts;
}

/**
 * List the objects of the open image that somebody else has changed too.
 *
 * @param {SessionState} state the session
 * @returns {readonly {key: string, mine: KeptObject | null, theirs: KeptObject | null}[]} both versions; null where one
 *   of them was deleted
 */
export function openConflicts(state) {
  const objects = keptObjects(state);
  return Object.entries(state.conflicts)
    .filter(([, { imageId }]) => imageId === state.currentImageId)
    .map(([key, { theirs }]) => ({ key, mine: objects.find((object) => object.key === key) ?? null, theirs }));
}

/**
 * List the images with an object that was neither kept nor discarded.
 *
 * @param {SessionState} state the session
 * @returns {readonly number[]} ids of images
 */
export function imagesWithDrafts(state) {
  const ids = Object.keys(state.documents).map(Number);
  return ids.filter((id) => isUnfinished(state.documents[id].content.draft));
}

/**
 * Count objects per class.
 *
 * @param {readonly KeptObject[]} objects kept objects
 * @returns {ReadonlyMap<number, number>} class to number of objects
 */
export function countByCategory(objects) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { categoryId } of objects) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  return counts;
}

/**
 * Say whether a draft holds work that closing it would lose.
 *
 * @param {Draft | null} draft the draft
 * @returns {boolean} false for none and for a reopened object that was not touched
 */
export function isUnfinished(draft) {
  return draft !== null && (draft.refines === null || draft.changed);
}
