/** Reviews the proposals of a whole project: the surest image first, and the next one by itself. */

/** @import {ImageId, SessionState, SessionStore} from '../state/state_types.js' */
/** @import {ProposalsApi} from '../api/proposals_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { setProposalReview } from '../state/actions/proposal_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { proposalLayer, shownProposals } from '../state/proposals.js';
import { phrase, text } from '../texts/texts.js';

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<ProposalsApi, 'queue'>} parts.api the server
 * @param {(id: ImageId) => Promise<unknown>} parts.workOn opens an image in the workbench
 * @param {() => unknown} parts.propose shows the proposals of the open image
 * @param {ReportProblem} parts.report shows problems
 * @returns {{start: () => () => void,
 *   commands: {reviewProposals: () => Promise<void>, skipReviewed: () => void, endReview: () => void}}} follows the session,
 *   until the returned function is called; begins a review or goes back to it; leaves an image for later; ends it
 */
export function createProposalReview({ store, api, workOn, propose, report }) {
  const openFirst = async () => {
    const first = store.get().proposalReview?.images[0];
    if (!first) return;
    await workOn(first.image_id);
    if (store.get().currentImageId === first.image_id) propose();
  };
  const next = () => {
    const review = store.get().proposalReview;
    if (!review) return;
    const images = review.images.slice(1);
    if (images.length > 0) {
      store.apply(setProposalReview({ ...review, images }));
      void openFirst();
      return;
    }
    store.apply(setProposalReview(null));
    store.apply(addNotice(ALL_DECIDED));
  };

  return {
    // After the action that decided the last proposal: an action must not follow inside another.
    start: () => store.subscribe((state) => void (isDecided(state) && queueMicrotask(goOn))),
    commands: {
      async reviewProposals() {
        const { projectId, proposalFilter, proposalReview } = store.get();
        if (proposalReview) return openFirst();
        if (projectId === null) return;
        try {
          const { images } = await api.queue(projectId, proposalFilter);
          if (store.get().projectId !== projectId) return;
          if (images.length === 0) store.apply(addNotice(NOTHING_OPEN));
          else store.apply(setProposalReview({ images, total: images.length }));
          await openFirst();
        } catch (problem) {
          report(problem, text('the proposals of the project could not be listed'));
        }
      },
      skipReviewed: next,
      endReview: () => store.apply(setProposalReview(null)),
    },
  };

  function goOn() {
    if (isDecided(store.get())) next();
  }
}

/**
 * @param {SessionState} state the session
 * @returns {boolean} true when nothing is left to decide about the image that is reviewed
 */
function isDecided(state) {
  const first = state.proposalReview?.images[0];
  if (!first || state.currentImageId !== first.image_id) return false;
  return proposalLayer(state)?.phase === 'ready' && shownProposals(state).length === 0;
}

const ALL_DECIDED = {
  tone: /** @type {const} */ ('info'),
  message: phrase('all proposals of this review are decided'),
  hint: phrase('images that were left for later are listed when you review again'),
};

const NOTHING_OPEN = {
  tone: /** @type {const} */ ('info'),
  message: phrase('no image has proposals to decide about'),
  hint: phrase('propose for all images first, or move the thresholds to the left'),
};
