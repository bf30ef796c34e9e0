/** What keys and controls do with the masks that the model offers by itself. */

/** @import {ProposalFilter, SessionStore} from '../state/state_types.js' */
/** @import {ProposalBook} from './proposal_book.js' */
/** @import {createProposalReview} from './proposal_review.js' */

import { hoverProposal, restoreProposals, setProposalFilter } from '../state/actions/proposal_actions.js';

/** @typedef {ReturnType<typeof createProposalReview>['commands']} ProposalReviewCommands */

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {ProposalBook} parts.proposals the proposals of the open image and of the project
 * @param {ProposalReviewCommands} parts.review goes through all images
 * @param {{nextCandidate: (step: 1 | -1) => boolean}} parts.else what walking means with any other tool
 * @returns {{propose: () => void, cancelProposals: () => void, proposeAll: () => void,
 *   bringBoxes: (file: File) => Promise<void>, cancelAllProposals: () => void, takeProposal: (number?: number) => void,
 *   takeAllProposals: () => void,
 *   rejectProposal: (number?: number) => void, restoreProposals: () => void,
 *   hoverProposal: (number: number | null) => void, setProposalFilter: (change: Partial<ProposalFilter>) => void,
 *   nextCandidate: (step: 1 | -1) => boolean} & ProposalReviewCommands} the commands by name
 */
export function proposalCommands({ store, proposals, review, else: otherwise }) {
  return {
    ...review,
    propose: () => void proposals.propose(),
    cancelProposals: () => void proposals.cancel(),
    proposeAll: () => void proposals.proposeAll(),
    bringBoxes: (file) => proposals.bringBoxes(file),
    cancelAllProposals: () => void proposals.cancelAll(),
    takeProposal: (number) => void proposals.take(number),
    takeAllProposals: () => void proposals.takeAll(),
    rejectProposal: (number) => proposals.reject(number),
    restoreProposals: () => store.apply(restoreProposals()),
    hoverProposal: (number) => store.apply(hoverProposal(number)),
    setProposalFilter: (change) => store.apply(setProposalFilter(change)),
    nextCandidate: (step) => (store.get().tool === 'proposal' ? proposals.climb(step) : otherwise.nextCandidate(step)),
  };
}
