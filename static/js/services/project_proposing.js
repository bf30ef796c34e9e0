/** Proposals for all images of the project: the server searches in the background, the page watches. */

/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ProposalsApi} from '../api/proposals_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { showProjectProposals } from '../state/actions/proposal_actions.js';
import { text } from '../texts/texts.js';

/** Pause between questions, in milliseconds: an image takes seconds. */
const POLL_PAUSE = 1000;

/** @typedef {ReturnType<typeof createProjectProposing>} ProjectProposing */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<ProposalsApi, 'requestAll' | 'stateOfAll' | 'cancelAll'>} parts.api the server
 * @param {ReportProblem} parts.report shows problems
 * @param {(pause: number) => Promise<void>} [parts.wait] waits some milliseconds
 * @returns {{proposeAll: () => Promise<void>, cancelAll: () => Promise<void>}} starts the search of the project or joins
 *   it, and ends it; what was found stays
 */
export function createProjectProposing({ store, api, report, wait = waitFor }) {
  let watched = 0;

  return {
    async proposeAll() {
      const { projectId } = store.get();
      if (projectId === null) return;
      const watch = ++watched;
      const isMeant = () => watch === watched && store.get().projectId === projectId;
      try {
        let progress = await api.requestAll(projectId);
        while (isMeant()) {
          store.apply(showProjectProposals(progress));
          if (progress.waiting === 0) return;
          await wait(POLL_PAUSE);
          progress = await api.stateOfAll(projectId);
        }
        if (watch === watched) store.apply(showProjectProposals(null));
      } catch (problem) {
        if (watch === watched) store.apply(showProjectProposals(null));
        report(problem, text('the project was not searched'));
      }
    },
    async cancelAll() {
      const { projectId } = store.get();
      watched += 1;
      store.apply(showProjectProposals(null));
      if (projectId === null) return;
      await api.cancelAll(projectId).catch((problem) => report(problem, text('the search was not ended')));
    },
  };
}

/**
 * @param {number} pause in milliseconds
 * @returns {Promise<void>} resolves after the pause
 */
function waitFor(pause) {
  return new Promise((resolve) => setTimeout(resolve, pause));
}
