/** Tells the server what was decided about proposals, so that nobody is asked twice. */

/** @import {ProposalDecisions} from '../proposal_types.js' */
/** @import {ImageId, ProposalLayer, SessionStore} from '../state/state_types.js' */
/** @import {ProposalsApi} from '../api/proposals_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { proposalDecisions, proposalLayer } from '../state/proposals.js';
import { text } from '../texts/texts.js';

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<ProposalsApi, 'decide'>} parts.api the server
 * @param {ReportProblem} parts.report shows problems
 * @returns {{start: () => () => void}} follows the session from now on; the returned function ends it. What the server
 *   could not be told is told with the next decision about the image
 */
export function createProposalDecisions({ store, api, report }) {
  /** @type {Map<ImageId, {items: ProposalLayer['items'], words: string}>} what was told last, and of which proposals */
  const known = new Map();
  /** @type {Map<ImageId, ProposalDecisions>} */
  const waiting = new Map();
  /** @type {Set<ImageId>} */
  const sending = new Set();

  /** @type {(id: ImageId) => Promise<void>} */
  const send = async (id) => {
    if (sending.has(id)) return;
    sending.add(id);
    for (let decisions = waiting.get(id); decisions; decisions = waiting.get(id)) {
      waiting.delete(id);
      try {
        await api.decide(id, decisions);
      } catch (problem) {
        report(problem, text('what you decided about proposals was not kept'));
      }
    }
    sending.delete(id);
  };

  return {
    start: () =>
      store.subscribe((state) => {
        const id = state.currentImageId;
        const layer = proposalLayer(state);
        const decisions = proposalDecisions(state);
        if (id === null || !layer || !decisions) return;
        const words = JSON.stringify(decisions);
        const before = known.get(id);
        known.set(id, { items: layer.items, words });
        // The first look at proposals shows what the server said itself.
        if (before?.items !== layer.items || before.words === words) return;
        waiting.set(id, decisions);
        void send(id);
      }),
  };
}
