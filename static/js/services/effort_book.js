/** Measures what masks cost: every step of work counts for the object that comes of it. */

/** @import {Effort, ImageId, SessionState} from '../state/state_types.js' */

import { editDocument } from '../state/actions/document_edits.js';
import { NO_EFFORT, madeObjects, withEffort, withStep } from '../state/effort.js';
import { EMPTY_DOCUMENT } from '../state/session_state.js';
import { amend } from '../state/undo_history.js';

/** A longer pause is none of the work. */
export const LONGEST_PAUSE_MS = 10_000;

/** Keeps what was spent on each image since its last object was kept. */
export class EffortBook {
  /** @type {Map<ImageId, Effort>} */
  #spent = new Map();
  #lastSign = -Infinity;

  /**
   * Note that a hand is on the page.
   *
   * @param {ImageId | null} imageId the image that is worked on, null for none
   * @param {number} now in milliseconds, from any start
   */
  noteSign(imageId, now) {
    const pause = Math.min(now - this.#lastSign, LONGEST_PAUSE_MS);
    const isFirst = this.#lastSign === -Infinity;
    this.#lastSign = now;
    if (imageId === null || isFirst) return;
    const spent = this.#spent.get(imageId) ?? NO_EFFORT;
    this.#spent.set(imageId, { ...spent, active_ms: spent.active_ms + pause });
  }

  /**
   * Count a change of the session, and write into new objects what they cost.
   *
   * @param {SessionState} next after the change
   * @param {SessionState} previous before it
   * @returns {SessionState} the state with the cost in it
   */
  complete(next, previous) {
    const imageId = next.currentImageId;
    if (next.documents === previous.documents || imageId === null) return next;
    const before = previous.documents[imageId] ?? EMPTY_DOCUMENT;
    const after = next.documents[imageId] ?? EMPTY_DOCUMENT;
    if (before === after) return next;
    const spent = withStep(this.#spent.get(imageId) ?? NO_EFFORT, before, after);
    const made = madeObjects(before, after);
    this.#spent.set(imageId, made.length > 0 ? NO_EFFORT : spent);
    if (made.length === 0) return next;
    return editDocument(next, imageId, (document) =>
      amend(document, withEffort(document.content, before, made, spent)),
    );
  }
}
