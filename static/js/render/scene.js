/** What the overlay shows, worked out from the session without drawing anything. */

/** @import {BoxXyxy, Contours, ImagePoint, PreviewMask, PromptPoint, Rle} from '../types.js' */
/** @import {KeptObject, SessionState} from '../state/state_types.js' */

import { shownHover } from '../state/hover.js';
import { categoryById, effectiveCategoryId, keptObjects, openDraft, shownCandidate } from '../state/selectors.js';

/**
 * @typedef {object} MaskItem
 * @property {Contours} contours outline in image pixels
 * @property {string} color `#rrggbb` of its class
 * @property {'kept' | 'behind' | 'hovered' | 'open'} look how it stands out; kept objects step back behind an open one
 */

/**
 * @typedef {object} HoverItem
 * @property {PreviewMask} mask the mask after the click
 * @property {ImagePoint} point where the click would be
 * @property {string} color `#rrggbb` of the class
 * @property {Contours | null} open outline of the object that the click would change, null for a new one
 */

/**
 * @typedef {object} Scene
 * @property {readonly MaskItem[]} masks bottom first
 * @property {readonly PromptPoint[]} points clicks of the open object
 * @property {BoxXyxy | null} box of the open object
 * @property {BoxXyxy | null} previewBox that is being drawn
 */

const NO_CLASS_COLOR = '#a4a9b1';

/**
 * Work the scene out.
 *
 * @param {SessionState} state the session
 * @param {(rle: Rle) => Contours | null} contoursOf outline of a kept mask, null while it is being traced
 * @returns {Scene} what to draw
 */
export function buildScene(state, contoursOf) {
  const draft = openDraft(state);
  const masks = state.masksVisible ? keptItems(state, contoursOf) : [];
  const shown = shownCandidate(draft);
  if (draft && shown) masks.push({ contours: shown.contours, color: colorOf(state, draft.categoryId), look: 'open' });
  return {
    masks,
    points: draft?.points ?? [],
    box: draft?.box ?? null,
    previewBox: state.preview?.box ?? null,
  };
}

/**
 * Work out what the next click would do.
 *
 * @param {SessionState} state the session
 * @returns {HoverItem | null} null when nothing is previewed
 */
export function buildHover(state) {
  const hover = shownHover(state);
  if (!hover) return null;
  const color = colorOf(state, effectiveCategoryId(state) ?? -1);
  return { mask: hover.mask, point: hover.point, color, open: shownCandidate(hover.draft)?.contours ?? null };
}

/**
 * @param {SessionState} state the session
 * @param {(rle: Rle) => Contours | null} contoursOf outline of a kept mask
 * @returns {MaskItem[]} the kept objects that are not hidden and not open; the hovered one on top
 */
function keptItems(state, contoursOf) {
  const draft = openDraft(state);
  const resting = draft ? 'behind' : 'kept';
  /** @type {MaskItem[]} */
  const items = [];
  for (const object of hoveredLast(state)) {
    const contours = state.hiddenKeys[object.key] || object.key === draft?.refines ? null : contoursOf(object.rle);
    const look = object.key === state.hoveredKey ? 'hovered' : resting;
    if (contours) items.push({ contours, color: colorOf(state, object.categoryId), look });
  }
  return items;
}

/**
 * @param {SessionState} state the session
 * @returns {readonly KeptObject[]} the kept objects in drawing order
 */
function hoveredLast(state) {
  const objects = keptObjects(state);
  const hovered = objects.find((object) => object.key === state.hoveredKey);
  return hovered ? [...objects.filter((object) => object !== hovered), hovered] : objects;
}

/**
 * @param {SessionState} state the session
 * @param {number} categoryId a class
 * @returns {string} its colour
 */
function colorOf(state, categoryId) {
  return categoryById(state, categoryId)?.color ?? NO_CLASS_COLOR;
}
