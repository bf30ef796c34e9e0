/** The masks that the model offers by itself: following the search, deciding about each. */

/** @import {Action, ImageId, KeptObject, LogitsGrid, Proposal, ProposalFilter, ProposalLayer, SessionState} from '../state_types.js' */
/** @import {ProposalReview} from '../../proposal_types.js' */

import { NO_DETAILS } from '../object_details.js';
import { proposalLayer } from '../proposals.js';
import { stepOnCurrent } from './document_edits.js';

/** @typedef {{proposal: Proposal, key: string, logits: LogitsGrid}} TakenProposal one that becomes an object */

/**
 * Show how far the search of an image is, or what it found.
 *
 * @param {ImageId} imageId the image
 * @param {Omit<ProposalLayer, 'taken'>} found the search as it is now, with what was decided on earlier visits
 * @returns {Action} what was decided on this visit stays only while the proposals are the same
 */
export function showProposals(imageId, found) {
  return (state) => {
    const before = state.proposals[imageId];
    const same = before && before.items.length > 0 && before.items.length === found.items.length;
    const { rejected, accepted, taken } = same ? before : { ...found, taken: {} };
    return { ...state, proposals: { ...state.proposals, [imageId]: { ...found, rejected, accepted, taken } } };
  };
}

/**
 * Show how far the search of the whole project is.
 *
 * @param {SessionState['projectProposals']} progress null for none
 * @returns {Action} an action on the view
 */
export function showProjectProposals(progress) {
  return (state) => ({ ...state, projectProposals: progress });
}

/**
 * Review the proposals of several images, one image after the other.
 *
 * @param {ProposalReview | null} review null for the end
 * @returns {Action} an action on the view
 */
export function setProposalReview(review) {
  return (state) => ({ ...state, proposalReview: review });
}

/**
 * Forget the proposals of an image.
 *
 * @param {ImageId} imageId the image
 * @returns {Action} objects that were made of them stay
 */
export function dropProposals(imageId) {
  return (state) => {
    const { [imageId]: _, ...proposals } = state.proposals;
    return { ...state, proposals, hoveredProposal: null };
  };
}

/**
 * Let a proposal stand out.
 *
 * @param {number | null} number which one, null for none
 * @returns {Action} an action on the view
 */
export function hoverProposal(number) {
  return (state) => (state.hoveredProposal === number ? state : { ...state, hoveredProposal: number });
}

/**
 * Offer only proposals that are strong enough.
 *
 * @param {Partial<ProposalFilter>} change the thresholds that move
 * @returns {Action} an action on the view
 */
export function setProposalFilter(change) {
  return (state) => ({ ...state, proposalFilter: { ...state.proposalFilter, ...change } });
}

/**
 * Do not offer a proposal any more.
 *
 * @param {number} number which one
 * @returns {Action} an action on the open image
 */
export function rejectProposal(number) {
  return editLayer((layer) => ({ ...layer, rejected: { ...layer.rejected, [number]: true } }));
}

/**
 * Offer all rejected proposals again.
 *
 * @returns {Action} an action on the open image
 */
export function restoreProposals() {
  return editLayer((layer) => ({ ...layer, rejected: {} }));
}

/**
 * Make a kept object of a proposal, in the class that is chosen.
 *
 * @param {Proposal} proposal the proposal
 * @param {{key: string, logits: LogitsGrid}} made key of the new object, and the logits to refine it from
 * @returns {Action} one step; undoing it offers the proposal again. Nothing without a class.
 */
export function takeProposal(proposal, { key, logits }) {
  return takeProposals([{ proposal, key, logits }]);
}

/**
 * Make kept objects of several proposals, in the class that is chosen.
 *
 * @param {readonly TakenProposal[]} taken the proposals, with the keys of the new objects
 * @returns {Action} one step; undoing it offers all of them again. Nothing without a class.
 */
export function takeProposals(taken) {
  return (state) => {
    const categoryId = state.activeCategoryId;
    const layer = proposalLayer(state);
    if (categoryId === null || !layer) return state;
    const made = taken.map((one) => toObject(one, categoryId, layer.modelId));
    const kept = stepOnCurrent((content) => ({ ...content, objects: [...content.objects, ...made] }))(state);
    const keys = Object.fromEntries(taken.map(({ proposal, key }) => [proposal.number, key]));
    return editLayer((one) => ({ ...one, taken: { ...one.taken, ...keys } }))(kept);
  };
}

/** @type {(taken: TakenProposal, categoryId: number, modelId: string) => KeptObject} */
function toObject({ proposal, key, logits }, categoryId, modelId) {
  const { rle, area, bbox, predictedIou, point } = proposal;
  return {
    ...{ key, categoryId, rle, area, bbox, predictedIou, logits, modelId },
    prompts: { points: [point], box: null },
    hasLogits: true,
    handEdits: [],
    details: NO_DETAILS,
    effort: null,
    origin: 'automatic',
  };
}

/**
 * @param {(layer: ProposalLayer) => ProposalLayer} change what differs
 * @returns {Action} an action on the proposals of the open image; nothing stands out any more
 */
function editLayer(change) {
  return (state) => {
    const layer = proposalLayer(state);
    if (!layer || state.currentImageId === null) return state;
    return {
      ...state,
      proposals: { ...state.proposals, [state.currentImageId]: change(layer) },
      hoveredProposal: null,
    };
  };
}
