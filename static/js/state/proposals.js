/** Questions about the masks that the model offers by itself. */

/** @import {ProposalDecisions} from '../proposal_types.js' */
/** @import {Proposal, ProposalLayer, SessionState} from './state_types.js' */

import { keptObjects } from './selectors.js';

/**
 * Find the proposals of the open image.
 *
 * @param {SessionState} state the session
 * @returns {ProposalLayer | null} null when nobody asked for them
 */
export function proposalLayer(state) {
  return state.currentImageId === null ? null : (state.proposals[state.currentImageId] ?? null);
}

/** @typedef {{open: number, sureDecided: number}} DecisionCounts see `countDecisions` */

/** @type {{inputs: unknown[], counts: DecisionCounts, shown: readonly Proposal[]}} the newest answer, and what it is of */
let newest = { inputs: [], shown: [], counts: { open: 0, sureDecided: 0 } };

/**
 * List the proposals that are offered now: strong enough, not rejected, not taken.
 *
 * @param {SessionState} state the session
 * @returns {readonly Proposal[]} best first; the same list while nothing about it changes
 */
export function shownProposals(state) {
  return lookThrough(state).shown;
}

/**
 * Count what is still to decide, and what was decided about.
 *
 * @param {SessionState} state the session
 * @returns {DecisionCounts} proposals that wait for a decision, those that are not sure enough to be
 *   offered too; and decided ones that are as sure as the thresholds ask. The same object while nothing changes.
 */
export function countDecisions(state) {
  return lookThrough(state).counts;
}

/**
 * Say what was decided about the proposals of the open image, as the server keeps it.
 *
 * @param {SessionState} state the session
 * @returns {ProposalDecisions | null} numbers in order; null when there are no proposals
 */
export function proposalDecisions(state) {
  const layer = proposalLayer(state);
  if (layer?.phase !== 'ready') return null;
  const keys = new Set(keptObjects(state).map(({ key }) => key));
  const taken = Object.keys(layer.taken).filter((number) => keys.has(layer.taken[Number(number)]));
  return {
    rejected: inOrder(Object.keys(layer.rejected)),
    accepted: inOrder([...Object.keys(layer.accepted), ...taken]),
  };
}

/** @type {(numbers: readonly string[]) => number[]} */
function inOrder(numbers) {
  return numbers.map(Number).sort((a, b) => a - b);
}

/**
 * Find the proposal that a key means: the one that stands out, else the best one.
 *
 * @param {SessionState} state the session
 * @returns {Proposal | null} null when none is offered
 */
export function meantProposal(state) {
  const shown = shownProposals(state);
  return shown.find(({ number }) => number === state.hoveredProposal) ?? shown[0] ?? null;
}

/**
 * Find the next proposal on the way from a part to its whole, or back.
 *
 * @param {SessionState} state the session
 * @param {1 | -1} step 1 for the whole that it is a part of, -1 for its largest part
 * @returns {Proposal | null} null when there is none, or nothing stands out
 */
export function nestedProposal(state, step) {
  const shown = shownProposals(state);
  const from = shown.find(({ number }) => number === state.hoveredProposal);
  if (!from) return null;
  if (step === 1) return wholeOf(from, proposalLayer(state)?.items ?? [], shown);
  const parts = shown.filter((one) => wholeOf(one, proposalLayer(state)?.items ?? [], shown) === from);
  return parts.reduce((a, b) => (a && a.area >= b.area ? a : b), /** @type {Proposal | null} */ (null));
}

/** @type {(state: SessionState) => typeof newest} */
function lookThrough(state) {
  const layer = proposalLayer(state);
  const inputs = [layer, state.proposalFilter, keptObjects(state)];
  if (inputs.some((input, index) => input !== newest.inputs[index])) {
    const items = layer?.items ?? [];
    const isDecided = decided(state);
    const open = items.filter((item) => !isDecided(item));
    const sureDecided = items.filter((item) => isDecided(item) && isSure(item, state)).length;
    const shown = open.filter((item) => isSure(item, state));
    newest = { inputs, shown, counts: { open: open.length, sureDecided } };
  }
  return newest;
}

/** @type {(item: Proposal, state: SessionState) => boolean} whether it is as sure as the thresholds ask */
function isSure(item, { proposalFilter: { predictedIou, stability } }) {
  return item.predictedIou >= predictedIou && item.stability >= stability;
}

/** @type {(state: SessionState) => (item: Proposal) => boolean} whether it was rejected, or is an object now */
function decided(state) {
  const { rejected = {}, accepted = {}, taken = {} } = proposalLayer(state) ?? {};
  const keys = new Set(keptObjects(state).map(({ key }) => key));
  return ({ number }) => Boolean(rejected[number] || accepted[number]) || (number in taken && keys.has(taken[number]));
}

/**
 * @param {Proposal} part a proposal
 * @param {readonly Proposal[]} all all proposals, those that are not offered too
 * @param {readonly Proposal[]} shown those that are offered
 * @returns {Proposal | null} the nearest offered one that it is a part of
 */
function wholeOf(part, all, shown) {
  const byNumber = new Map(all.map((one) => [one.number, one]));
  let whole = part.parent === null ? undefined : byNumber.get(part.parent);
  while (whole && !shown.includes(whole)) whole = whole.parent === null ? undefined : byNumber.get(whole.parent);
  return whole ?? null;
}
