/** When a click may be previewed, and which preview still counts. */

/** @import {Draft, HoverPreview, HoverQuestion, MaskReading, ReadingName, SessionState} from './state_types.js' */

import { isOnImage } from '../geometry/point.js';
import { cropFor, onCrop } from './close_up.js';
import { emptyDraft, withPoint } from './draft.js';
import { readingIndex } from './readings.js';
import { repeatsKept } from './kept_twin.js';
import { currentImage, effectiveCategoryId, openDraft } from './selectors.js';

/** Nearer than this to a click of the open object, in CSS pixels, a press takes hold of it instead of adding one. */
const PROMPT_RADIUS = 14;

/**
 * Say what the next plain click would ask the decoder.
 *
 * @param {SessionState} state the session
 * @returns {HoverQuestion | null} null when there is nothing to preview: it is switched off, another tool is in the
 *   hand, something covers the image, the pointer is beside it or on a click that is there already, or the last click
 *   has no answer yet
 */
export function hoverQuestion(state) {
  const draft = openDraft(state);
  const { cursor, currentImageId: imageId, pointLabel: label } = state;
  if (cursor === null || imageId === null || !mayPreview(state, draft) || isOnPrompt(state, draft)) return null;
  const before = draft ?? emptyDraft(0);
  const next = withPoint(before, cursor, label, 0);
  const { points, box, previousLogits, threshold, crop } = onCrop(state, next, before, cropFor(state, next));
  return { imageId, draft, point: cursor, label, request: { points, box, previousLogits, threshold, crop } };
}

/**
 * Find the preview that may be shown. One that belongs to another image, another state of the open object or another
 * tool never is, however late it came.
 *
 * @param {SessionState} state the session
 * @returns {HoverPreview | null} null for none
 */
export function shownHover(state) {
  const { hover, cursor } = state;
  const draft = openDraft(state);
  if (!hover || cursor === null || !mayPreview(state, draft) || isOnPrompt(state, draft)) return null;
  const fits = hover.imageId === state.currentImageId && hover.draft === draft && hover.label === state.pointLabel;
  return fits ? hover : null;
}

/**
 * Name the reading that is wanted for the class in force.
 *
 * @param {SessionState} state the session
 * @returns {ReadingName | null} null for the best predicted
 */
export function wantedReading(state) {
  return state.readings[effectiveCategoryId(state) ?? -1] ?? null;
}

/**
 * Find the mask that the preview shows.
 *
 * @param {SessionState} state the session
 * @returns {MaskReading | null} null when nothing is previewed, or what is previewed is kept already
 */
export function hoverMask(state) {
  const hover = shownHover(state);
  const mask = hover && pick(state, hover.readings);
  return mask && repeatsKept(state, mask) ? null : mask;
}

/**
 * Find the mask of the newest prompt while its exact form is still being made.
 *
 * @param {SessionState} state the session
 * @returns {MaskReading | null} null once the answer is complete, and before there is one
 */
export function quickMask(state) {
  const { quick, currentImageId } = state;
  const draft = openDraft(state);
  if (!quick || !draft || draft.answered) return null;
  return quick.imageId === currentImageId && quick.revision === draft.revision ? pick(state, quick.readings) : null;
}

/** @type {(state: SessionState, readings: readonly MaskReading[]) => MaskReading | null} */
function pick(state, readings) {
  const sizes = readings.map(({ coverage }) => coverage);
  return readings[readingIndex(sizes, wantedReading(state))] ?? null;
}

/**
 * @param {SessionState} state the session
 * @param {Draft | null} draft the open object
 * @returns {boolean} whether a click would be one on the image that the decoder can answer
 */
function mayPreview(state, draft) {
  const { cursor } = state;
  const image = currentImage(state);
  const ready = state.hoverEnabled && state.featuresReady && state.tool === 'point';
  const free = state.preview === null && state.dialog === null && !state.dropActive;
  // A background click alone says nothing, and an unanswered one makes the next a guess.
  const sensible = draft ? draft.answered && draft.candidates.length > 0 : state.pointLabel === 1;
  return ready && free && sensible && image !== null && cursor !== null && isOnImage(cursor, image);
}

/**
 * @param {SessionState} state the session
 * @param {Draft | null} draft the open object
 * @returns {boolean} whether the pointer is on a click of the open object
 */
function isOnPrompt({ cursor, viewport }, draft) {
  const reach = PROMPT_RADIUS / (viewport?.scale ?? 1);
  return Boolean(cursor && draft?.points.some(({ x, y }) => Math.hypot(x - cursor.x, y - cursor.y) < reach));
}
