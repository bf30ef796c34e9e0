/** Proposals for all images of the project: the server searches in the background, the page watches. */

/** @import {BoxFileJson, ProjectProposalsJson} from '../proposal_types.js' */
/** @import {Notice, SessionStore} from '../state/state_types.js' */
/** @import {ProposalsApi} from '../api/proposals_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { dropProposals, showProjectProposals } from '../state/actions/proposal_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { plural, text } from '../texts/texts.js';

/** Pause between questions, in milliseconds: an image takes seconds. */
const POLL_PAUSE = 1000;

/** @typedef {ReturnType<typeof createProjectProposing>} ProjectProposing */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<ProposalsApi, 'requestAll' | 'stateOfAll' | 'cancelAll' | 'requestBoxes'>} parts.api the server
 * @param {() => unknown} parts.followOpen follows the search of the open image
 * @param {ReportProblem} parts.report shows problems
 * @param {(pause: number) => Promise<void>} [parts.wait] waits some milliseconds
 * @returns {{proposeAll: () => Promise<void>, cancelAll: () => Promise<void>, bringBoxes: (file: File) => Promise<void>}}
 *   starts the search of the project or joins it; ends it, what was found stays; makes masks of the boxes in a file
 */
export function createProjectProposing({ store, api, followOpen, report, wait = waitFor }) {
  let watched = 0;

  /** @type {(begin: (projectId: number) => Promise<ProjectProposalsJson>, failure: string) => Promise<void>} */
  const follow = async (begin, failure) => {
    const { projectId } = store.get();
    if (projectId === null) return;
    const watch = ++watched;
    const isMeant = () => watch === watched && store.get().projectId === projectId;
    try {
      let progress = await begin(projectId);
      while (isMeant()) {
        store.apply(showProjectProposals(progress));
        if (progress.waiting === 0) return;
        await wait(POLL_PAUSE);
        progress = await api.stateOfAll(projectId);
      }
      if (watch === watched) store.apply(showProjectProposals(null));
    } catch (problem) {
      if (watch === watched) store.apply(showProjectProposals(null));
      report(problem, failure);
    }
  };

  return {
    proposeAll: () => follow(api.requestAll, text('the project was not searched')),
    bringBoxes: (file) =>
      follow(async (projectId) => {
        const came = await api.requestBoxes(projectId, file);
        // Masks of an earlier search are no longer what the server has.
        for (const id of came.image_ids) store.apply(dropProposals(id));
        store.apply(addNotice(boxNotice(came)));
        if (came.image_ids.some((id) => id === store.get().currentImageId)) void followOpen();
        return api.stateOfAll(projectId);
      }, text('no boxes were taken in')),
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
 * Say what a file of boxes brought.
 *
 * @param {BoxFileJson} came what the server took
 * @returns {Pick<Notice, 'tone' | 'message' | 'hint'>} a notice; its hint names the first thing that was left out
 */
export function boxNotice({ image_ids: ids, boxes, damaged, left_out_count: missing, left_out: leftOut }) {
  const images = plural(ids.length, '{count} image', '{count} images');
  const message = plural(
    boxes,
    '{count} box becomes a mask to review, in {images}',
    '{count} boxes become masks to review, in {images}',
    { images },
  );
  const hints = [];
  if (leftOut.length > 0) {
    const { file_name: name, reason } = leftOut[0];
    hints.push(
      plural(
        missing,
        '{count} image was left out: {name}: {reason}',
        '{count} images were left out; {name}: {reason}',
        {
          name,
          reason,
        },
      ),
    );
  }
  if (damaged > 0) {
    hints.push(plural(damaged, '{count} entry is no box of its image', '{count} entries are no boxes of their images'));
  }
  return { tone: 'info', message, hint: hints.join('; ') };
}

/**
 * @param {number} pause in milliseconds
 * @returns {Promise<void>} resolves after the pause
 */
function waitFor(pause) {
  return new Promise((resolve) => setTimeout(resolve, pause));
}
