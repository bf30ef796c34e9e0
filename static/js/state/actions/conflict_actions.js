/** Objects that somebody else changed too: showing both versions, and taking theirs. */

/** @import {Action, Conflict, Draft, ImageId, KeptObject} from '../state_types.js' */

import { record } from '../undo_history.js';
import { inDrawingOrder } from '../z_order.js';
import { editDocument } from './document_edits.js';

/**
 * Show that an object has two versions, or no longer.
 *
 * @param {string} key the object
 * @param {Conflict | null} conflict null when one version was chosen
 * @returns {Action} an action on the list of conflicts
 */
export function setConflict(key, conflict) {
  return (state) => {
    if (!conflict && !state.conflicts[key]) return state;
    const conflicts = { ...state.conflicts };
    if (conflict) conflicts[key] = conflict;
    else delete conflicts[key];
    return { ...state, conflicts };
  };
}

/**
 * Show an object as the server has it, in place of the page's own version. Undo brings the own version back.
 *
 * @param {ImageId} imageId the image it lies on
 * @param {string} key the object
 * @param {KeptObject | null} theirs null when it was deleted there
 * @returns {Action} one step on that image
 */
export function takeTheirs(imageId, key, theirs) {
  return (state) =>
    editDocument(state, imageId, (document) => {
      const { objects, draft } = document.content;
      const known = objects.some((object) => object.key === key);
      const others = objects.filter((object) => object.key !== key);
      const replaced = objects.map((object) => (object.key === key && theirs ? theirs : object));
      const next = theirs === null ? others : known ? replaced : [...objects, theirs];
      return record(document, { objects: inDrawingOrder(next), draft: draftWithout(draft, key, theirs) });
    });
}

/**
 * @param {Draft | null} draft the open object
 * @param {string} key the object that is replaced
 * @param {KeptObject | null} theirs what replaces it
 * @returns {Draft | null} the draft; what it refined may be gone, then its prompts make a new object
 */
function draftWithout(draft, key, theirs) {
  if (draft?.refines !== key || theirs !== null) return draft;
  return draft.changed ? { ...draft, refines: null, baseLogits: null } : null;
}
