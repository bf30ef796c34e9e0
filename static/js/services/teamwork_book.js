/** What reviewers say, and who works on what: read when it may have changed, and changed from this page. */

/** @import {NewReviewJson, ReviewTarget} from '../team_types.js' */
/** @import {TeamworkApi} from '../api/teamwork_api.js' */
/** @import {SessionState, SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { setImageState } from '../state/actions/project_actions.js';
import { putReview, setAssignments, setRejecting, setTeamwork } from '../state/actions/team_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { openDraft } from '../state/selectors.js';
import { targetOf } from '../state/team.js';
import { phrase } from '../texts/texts.js';

/**
 * @typedef {object} TeamworkBook
 * @property {() => void} start follows the session from now on
 * @property {(target?: ReviewTarget) => Promise<boolean>} acceptReview accepts; without a target the selected object, else
 *   the open image
 * @property {(target?: ReviewTarget) => boolean} rejectReview asks why, then rejects
 * @property {(comment: string) => Promise<boolean>} confirmReject rejects what was asked about
 * @property {(reviewId: number) => Promise<boolean>} withdrawReview takes a verdict back
 * @property {(imageIds: ReadonlyArray<number>, userId: number | null) => Promise<boolean>} assignImages gives images to somebody
 */

/**
 * Make the book.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {TeamworkApi} parts.api the server
 * @param {(key: string) => number | null} parts.serverIdOf names the server's id of an object
 * @param {ReportProblem} parts.report shows problems
 * @returns {TeamworkBook} the calls; they give false when they were refused
 */
export function createTeamworkBook({ store, api, serverIdOf, report }) {
  /** @type {(call: () => Promise<unknown>, failure: string) => Promise<boolean>} */
  const attempt = (call, failure) =>
    call().then(
      () => true,
      (problem) => {
        report(problem, failure);
        return false;
      },
    );
  const read = async () => {
    const { projectId } = store.get();
    if (projectId === null) return;
    const teamwork = await api.read(projectId);
    if (store.get().projectId === projectId) store.apply(setTeamwork(teamwork));
  };
  /** @type {(target: ReviewTarget, review: Pick<NewReviewJson, 'verdict' | 'comment'>) => Promise<boolean>} */
  const say = async ({ imageId, objectKey }, review) => {
    const id = objectKey === null ? null : serverIdOf(objectKey);
    if (objectKey !== null && id === null) {
      store.apply(addNotice(NOT_SAVED));
      return false;
    }
    return attempt(async () => {
      const kept = await api.review(imageId, { ...review, annotation_id: id });
      store.apply(putReview(kept.review));
      store.apply(setImageState([imageId], kept.image_state));
      if (review.verdict !== 'withdrawn') store.apply(addNotice(saidNotice(review.verdict, kept.review.id)));
    }, phrase('the verdict was not kept'));
  };

  return {
    start: () =>
      void store.subscribe((state, previous) => {
        if (mayHaveChanged(state, previous)) void attempt(read, phrase('reviews could not be read'));
      }),
    async acceptReview(target = targetAtHand(store.get()) ?? undefined) {
      return target ? say(target, { verdict: 'accepted' }) : false;
    },
    rejectReview(target = targetAtHand(store.get()) ?? undefined) {
      if (target) store.apply(setRejecting(target));
      return target !== undefined;
    },
    async confirmReject(comment) {
      const target = store.get().team.rejecting;
      if (!target || !(await say(target, { verdict: 'rejected', comment }))) return false;
      store.apply(setRejecting(null));
      return true;
    },
    async withdrawReview(reviewId) {
      const review = Object.values(store.get().team.reviews).find(({ id }) => id === reviewId);
      return review ? say(targetOf(review), { verdict: 'withdrawn' }) : false;
    },
    assignImages: (imageIds, userId) =>
      attempt(async () => {
        const { projectId } = store.get();
        if (projectId !== null) store.apply(setAssignments(await api.assign(projectId, imageIds, userId)));
      }, phrase('the photographs were not assigned')),
  };
}

/**
 * Find what a verdict without a target means.
 *
 * @param {SessionState} state the session
 * @returns {ReviewTarget | null} the one object that is open or selected, else the open image; null for none
 */
export function targetAtHand(state) {
  const { currentImageId: imageId, selectedKeys } = state;
  if (imageId === null) return null;
  const open = openDraft(state)?.refines ?? null;
  return { imageId, objectKey: open ?? (selectedKeys.length === 1 ? selectedKeys[0] : null) };
}

/** @type {(state: SessionState, previous: SessionState) => boolean} */
function mayHaveChanged(state, previous) {
  if (!state.team.user || state.projectId === null) return false;
  if (state.team.user !== previous.team.user || state.projectId !== previous.projectId) return true;
  if (state.currentImageId !== previous.currentImageId || state.screen !== previous.screen) return true;
  // What was rejected may have been mended: the server says so once it has it.
  const imageId = state.currentImageId;
  const isSaved = Object.keys(previous.saves).length > 0 && Object.keys(state.saves).length === 0;
  return isSaved && Object.values(state.team.reviews).some((review) => review.image_id === imageId);
}

/** @type {(verdict: 'accepted' | 'rejected', id: number) => Omit<import('../state/state_types.js').Notice, 'id'>} */
const saidNotice = (verdict, id) => ({
  tone: 'info',
  message: verdict === 'accepted' ? phrase('it was accepted') : phrase('it was rejected, with your comment'),
  hint: '',
  action: { label: phrase('Take back'), command: 'withdrawReview', value: id },
});

const NOT_SAVED = {
  tone: /** @type {const} */ ('info'),
  message: phrase('the object must be saved before it is reviewed'),
  hint: phrase('wait a moment, then try again'),
};
