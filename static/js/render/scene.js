/** What the overlay shows, worked out from the session without drawing anything. */

/** @import {BoxXyxy, Candidate, Contours, MaskReading, PatternName, PromptPoint, Rle} from '../types.js' */
/** @import {KeptObject, SessionState, Shift} from '../state/state_types.js' */

import { isSameCrop } from '../masks/placement.js';
import { hoverMask, quickMask, shownHover } from '../state/hover.js';
import { USUAL_LOOK, lookOf } from '../state/looks.js';
import { isExact, thresholdOf } from '../state/mask_threshold.js';
import { patternOf } from '../state/patterns.js';
import { shownProposals } from '../state/proposals.js';
import { categoryById, effectiveCategoryId, keptObjects, openDraft, shownCandidate } from '../state/selectors.js';

/**
 * @typedef {object} MaskItem
 * @property {Contours} contours outline in image pixels
 * @property {string} color `#rrggbb` of its class
 * @property {PatternName} [pattern] that it is filled with; plain when left out. Only kept objects have one: while a mask
 *   is made its edges are looked at
 * @property {'kept' | 'behind' | 'hovered' | 'selected' | 'open' | 'proposal'} look how it stands out; kept objects step back behind
 *   an open one
 * @property {number} [fade] how opaque the fill is, as a multiple of the usual; 1 when left out
 * @property {Shift} [shift] how far it is being moved
 * @property {number} [level] its place among the kept objects when nothing is done to it, bottom first; only those have one
 */

/**
 * @typedef {object} ReadingItem
 * @property {Pick<MaskReading, 'logits' | 'side' | 'placement'>} mask a mask as logits
 * @property {number} threshold where inside begins
 * @property {string} color `#rrggbb` of its class
 * @property {'hover' | 'open'} look what a click would do, or what it did
 * @property {{logits: Float32Array, side: number, threshold: number} | null} over the object that the click would change:
 *   what it would take away stands out
 * @property {boolean} uncertain show where the decoder is unsure
 */

/**
 * @typedef {object} Scene
 * @property {MaskItem[]} masks bottom first
 * @property {readonly PromptPoint[]} points clicks of the open object
 * @property {BoxXyxy | null} box of the open object
 * @property {BoxXyxy | null} previewBox that is being drawn
 */

const NO_CLASS_COLOR = '#a4a9b1';
const PROPOSAL_COLOR = '#e7e9ec';

/**
 * Work the scene out.
 *
 * @param {SessionState} state the session
 * @param {(rle: Rle) => Contours | null} contoursOf outline of a kept mask, null while it is being traced
 * @returns {Scene} what to draw
 */
export function buildScene(state, contoursOf) {
  const draft = openDraft(state);
  const masks = [...soloed(state, keptItems(state, contoursOf)), ...proposalItems(state, contoursOf)];
  const shown = quickMask(state) || openReading(state) ? null : shownCandidate(draft);
  if (draft && shown) masks.push({ contours: shown.contours, color: colorOf(state, draft.categoryId), look: 'open' });
  return {
    masks,
    points: draft?.points ?? [],
    box: draft?.box ?? null,
    previewBox: state.preview?.box ?? null,
  };
}

/**
 * Work out the masks that are drawn from their logits: the newest answer, and what the next click would do.
 *
 * @param {SessionState} state the session
 * @returns {ReadingItem[]} bottom first
 */
export function buildReadings(state) {
  const color = colorOf(state, effectiveCategoryId(state) ?? -1);
  /** @type {ReadingItem[]} */
  const items = [];
  const quick = quickMask(state);
  if (quick) items.push({ ...itemOf(quick, color, 'open', null), uncertain: state.uncertaintyShown });
  const moved = openReading(state);
  if (moved) items.push(moved);
  const hovered = hoverMask(state);
  const open = shownCandidate(shownHover(state)?.draft ?? null);
  if (hovered) {
    const isComparable = open?.side === hovered.side && isSameCrop(open.placement?.crop, hovered.placement.crop);
    const item = itemOf(hovered, color, 'hover', isComparable ? open : null);
    items.push({ ...item, uncertain: state.uncertaintyShown && !open });
  }
  return items;
}

/**
 * @param {SessionState} state the session
 * @returns {ReadingItem | null} the shown candidate from its logits, where they say more than its exact mask
 */
function openReading(state) {
  const draft = openDraft(state);
  const shown = shownCandidate(draft);
  const threshold = thresholdOf(draft);
  if (!draft?.answered || !shown?.placement || threshold === null) return null;
  if (isExact(draft) && !state.uncertaintyShown) return null;
  const { logits, side, placement } = shown;
  const color = colorOf(state, draft.categoryId);
  const mask = { logits, side, placement };
  return { mask, threshold, color, look: 'open', over: null, uncertain: state.uncertaintyShown };
}

/**
 * @param {MaskReading} mask the mask
 * @param {string} color of its class
 * @param {ReadingItem['look']} look how it stands out
 * @param {Candidate | null} open the object that would change
 * @returns {ReadingItem} what is drawn
 */
function itemOf(mask, color, look, open) {
  const { threshold } = mask.placement;
  const over = open && { logits: open.logits, side: open.side, threshold: open.placement?.threshold ?? threshold };
  return { mask, threshold, color, look, over, uncertain: false };
}

/** @type {(state: SessionState, items: MaskItem[]) => MaskItem[]} */
function soloed({ solo }, items) {
  const selected = solo ? items.filter(({ look }) => look === 'selected') : [];
  return selected.length > 0 ? selected : items;
}

/**
 * @param {SessionState} state the session
 * @param {(rle: Rle) => Contours | null} contoursOf outline of a kept mask
 * @returns {MaskItem[]} the kept objects that are shown and not open; the hovered and the selected ones on top
 */
function keptItems(state, contoursOf) {
  if (!state.masksVisible) return [];
  const draft = openDraft(state);
  const resting = draft ? 'behind' : 'kept';
  /** @type {MaskItem[]} */
  const items = [];
  /** @type {MaskItem[]} */
  const raised = [];
  const selected = new Set(state.selectedKeys);
  const fade = fadeOf(state);
  for (const { object, level } of hoveredLast(state)) {
    const contours = state.hiddenKeys[object.key] || object.key === draft?.refines ? null : contoursOf(object.rle);
    if (!contours) continue;
    const { color, pattern } = fillOf(state, object.categoryId);
    const shift = state.lockedKeys[object.key] ? undefined : state.preview?.move;
    if (selected.has(object.key)) raised.push({ contours, color, pattern, fade, level, look: 'selected', shift });
    else
      items.push({
        contours,
        color,
        pattern,
        fade,
        level,
        look: object.key === state.hoveredKey ? 'hovered' : resting,
      });
  }
  return [...items, ...raised];
}

/** @type {(state: SessionState) => number} how opaque kept masks are filled, as a multiple of the usual */
function fadeOf(state) {
  const { opacity, outlineOnly } = lookOf(state);
  return outlineOnly ? 0 : opacity / USUAL_LOOK.opacity;
}

/**
 * @param {SessionState} state the session
 * @param {(rle: Rle) => Contours | null} contoursOf outline of a mask
 * @returns {MaskItem[]} what the model offers, large ones first, the one that stands out on top
 */
function proposalItems(state, contoursOf) {
  if (state.tool !== 'proposal') return [];
  const { hoveredProposal } = state;
  const rank = (/** @type {{number: number, area: number}} */ one) => (one.number === hoveredProposal ? 0 : one.area);
  const color = colorOf(state, effectiveCategoryId(state) ?? -1);
  return [...shownProposals(state)]
    .sort((a, b) => rank(b) - rank(a))
    .flatMap(({ number, rle }) => {
      const contours = contoursOf(rle);
      if (!contours) return [];
      return [
        number === hoveredProposal
          ? { contours, color, look: /** @type {const} */ ('hovered') }
          : { contours, color: PROPOSAL_COLOR, look: /** @type {const} */ ('proposal') },
      ];
    });
}

/**
 * @param {SessionState} state the session
 * @returns {{object: KeptObject, level: number}[]} the kept objects in drawing order, and where they rest
 */
function hoveredLast(state) {
  const objects = keptObjects(state).map((object, level) => ({ object, level }));
  const hovered = objects.find(({ object }) => object.key === state.hoveredKey);
  return hovered ? [...objects.filter((one) => one !== hovered), hovered] : objects;
}

/** @type {(state: SessionState, categoryId: number) => string} the colour of a class */
const colorOf = (state, categoryId) => fillOf(state, categoryId).color;

/** @type {(state: SessionState, categoryId: number) => {color: string, pattern: PatternName}} what a class is told apart by */
function fillOf(state, categoryId) {
  const category = categoryById(state, categoryId);
  return { color: category?.color ?? NO_CLASS_COLOR, pattern: patternOf(category) };
}
