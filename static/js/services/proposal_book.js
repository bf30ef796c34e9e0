/** The proposals of the open image: asks the server for them, and does what is decided about each. */

/** @import {Contours, ImagePoint, Rle} from '../types.js' */
/** @import {ProposalsJson} from '../proposal_types.js' */
/** @import {ImageId, Proposal, SessionStore} from '../state/state_types.js' */
/** @import {ProposalsApi} from '../api/proposals_api.js' */
/** @import {ProjectProposing} from './project_proposing.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { isInsideContours } from '../geometry/hit_test.js';
import * as actions from '../state/actions/proposal_actions.js';
import { addNotice, chooseTool } from '../state/actions/view_actions.js';
import { meantProposal, nestedProposal, proposalLayer, shownProposals } from '../state/proposals.js';
import { parseLogits } from './object_json.js';
import { createProjectProposing } from './project_proposing.js';
import { text } from '../texts/texts.js';

/** Pause between questions while the server searches, in milliseconds. */
const POLL_PAUSE = 300;

/** The layer before the server has answered. */
const SEARCHING = Object.freeze({
  phase: /** @type {const} */ ('running'),
  share: 0,
  modelId: '',
  items: [],
  rejected: {},
  accepted: {},
});

/**
 * @typedef {object} ProposalParts
 * @property {SessionStore} store the session
 * @property {ProposalsApi} api the server
 * @property {(rle: Rle) => Contours | null} contoursOf outline of a mask, null while it is being traced
 * @property {() => string} newKey makes the key of a new object
 * @property {ReportProblem} report shows problems
 * @property {(pause: number) => Promise<void>} [wait] waits some milliseconds
 */

/** @typedef {ReturnType<typeof createProposalBook>} ProposalBook */

/**
 * Make the service.
 *
 * @param {ProposalParts} parts what it works with
 * @returns {ReturnType<typeof searching> & ReturnType<typeof deciding> & ProjectProposing} the service
 */
export function createProposalBook(parts) {
  const search = searching(parts);
  return { ...search, ...deciding(parts), ...createProjectProposing({ ...parts, followOpen: search.propose }) };
}

/**
 * @param {ProposalParts} parts what it works with
 * @returns {{propose: () => Promise<void>, cancel: () => Promise<void>}} starts the search of the open image, and ends it
 */
function searching({ store, api, report, wait = waitFor }) {
  /** @type {(id: ImageId, answer: ProposalsJson) => boolean} */
  const show = (id, answer) => {
    const isSearching = answer.state === 'waiting' || answer.state === 'running';
    if (isSearching || answer.state === 'done') {
      store.apply(actions.showProposals(id, parseLayer(answer)));
      return isSearching;
    }
    store.apply(actions.dropProposals(id));
    if (answer.error) {
      const { message, hint } = answer.error;
      store.apply(addNotice({ tone: 'error', message, hint }));
    }
    return false;
  };
  /** @type {(id: ImageId) => Promise<void>} */
  const follow = async (id) => {
    let goesOn = show(id, await api.request(id));
    while (goesOn && store.get().proposals[id]) {
      await wait(POLL_PAUSE);
      const answer = await api.state(id);
      goesOn = Boolean(store.get().proposals[id]) && show(id, answer);
    }
  };

  return {
    async propose() {
      const id = store.get().currentImageId;
      if (id === null) return;
      store.apply(chooseTool('proposal'));
      if (store.get().proposals[id]?.phase === 'running') return;
      store.apply(actions.showProposals(id, SEARCHING));
      try {
        await follow(id);
      } catch (problem) {
        store.apply(actions.dropProposals(id));
        report(problem, text('no masks were proposed'));
      }
    },
    async cancel() {
      const id = store.get().currentImageId;
      if (id === null) return;
      store.apply(actions.dropProposals(id));
      await api.cancel(id).catch((problem) => report(problem, text('the search was not ended')));
    },
  };
}

/**
 * @param {ProposalParts} parts what it works with
 * @returns {{take: (number?: number) => Promise<void>, takeAll: () => Promise<void>, reject: (number?: number) => void,
 *   hoverAt: (point: ImagePoint) => boolean, climb: (step: 1 | -1) => boolean}} decides about proposals; without a
 *   number about the one that stands out, else the best one
 */
function deciding({ store, api, contoursOf, newKey, report }) {
  /** @type {(number?: number) => Proposal | null} */
  const meant = (number) =>
    number === undefined
      ? meantProposal(store.get())
      : (shownProposals(store.get()).find((one) => one.number === number) ?? null);

  return {
    async take(number) {
      const id = store.get().currentImageId;
      const proposal = meant(number);
      if (id === null || !proposal) return;
      try {
        const logits = parseLogits(await api.logits(id, proposal.number));
        const isOffered = shownProposals(store.get()).includes(proposal);
        if (store.get().currentImageId !== id || !isOffered) return;
        store.apply(actions.takeProposal(proposal, { key: newKey(), logits }));
      } catch (problem) {
        report(problem, text('the proposal was not accepted'));
      }
    },
    async takeAll() {
      const id = store.get().currentImageId;
      const offered = shownProposals(store.get());
      if (id === null || offered.length === 0) return;
      try {
        /** @type {actions.TakenProposal[]} */
        const taken = [];
        for (const proposal of offered) {
          const logits = parseLogits(await api.logits(id, proposal.number));
          taken.push({ proposal, key: newKey(), logits });
        }
        // Whoever went on to another image, decided or moved a threshold meanwhile meant something else.
        if (store.get().currentImageId !== id || shownProposals(store.get()) !== offered) return;
        store.apply(actions.takeProposals(taken));
      } catch (problem) {
        report(problem, text('the proposals were not accepted'));
      }
    },
    reject(number) {
      const proposal = meant(number);
      if (proposal) store.apply(actions.rejectProposal(proposal.number));
    },
    hoverAt(point) {
      const under = shownProposals(store.get()).filter(({ rle }) => {
        const contours = contoursOf(rle);
        return contours !== null && isInsideContours(contours, point);
      });
      const smallest = under.reduce((a, b) => (a && a.area <= b.area ? a : b), /** @type {Proposal | null} */ (null));
      const hovered = store.get().hoveredProposal;
      // A whole that was climbed to stays while the pointer is in it.
      if (!under.some(({ number }) => number === hovered) || !isAbove(hovered, smallest, store)) {
        store.apply(actions.hoverProposal(smallest?.number ?? null));
      }
      return smallest !== null;
    },
    climb(step) {
      const next = nestedProposal(store.get(), step);
      if (next) store.apply(actions.hoverProposal(next.number));
      return next !== null;
    },
  };
}

/**
 * @param {number | null} whole number of a proposal
 * @param {Proposal | null} part another one
 * @param {SessionStore} store the session
 * @returns {boolean} true when the part belongs to the whole
 */
function isAbove(whole, part, store) {
  const items = proposalLayer(store.get())?.items ?? [];
  let parent = part?.parent ?? null;
  while (parent !== null && parent !== whole) parent = items.find(({ number }) => number === parent)?.parent ?? null;
  return parent !== null;
}

/**
 * @param {ProposalsJson} answer of the server
 * @returns {Parameters<typeof actions.showProposals>[1]} the same in the words of the session, best first
 */
function parseLayer({ state, share, model_id: modelId, proposals, rejected, accepted }) {
  const items = proposals.map((json) => ({
    number: json.number,
    rle: json.segmentation,
    area: json.area,
    bbox: json.bbox,
    predictedIou: json.predicted_iou,
    stability: json.stability_score,
    point: json.point,
    parent: json.parent,
  }));
  items.sort((a, b) => a.number - b.number);
  const phase = state === 'done' ? 'ready' : 'running';
  return { phase, share, modelId, items, rejected: asSet(rejected), accepted: asSet(accepted) };
}

/** @type {(numbers: readonly number[]) => Record<number, true>} */
function asSet(numbers) {
  return Object.fromEntries(numbers.map((number) => [number, /** @type {const} */ (true)]));
}

/**
 * @param {number} pause in milliseconds
 * @returns {Promise<void>} resolves after the pause
 */
function waitFor(pause) {
  return new Promise((resolve) => setTimeout(resolve, pause));
}
