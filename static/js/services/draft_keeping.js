/** Writes every change of an unfinished object into the browser's memory, and brings it back to the next page. */

/** @import {Draft, ImageId, SessionState, SessionStore} from '../state/state_types.js' */
/** @import {PendingDraft, PendingDrafts} from '../api/pending_saves.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { recallDraft } from '../state/actions/draft_actions.js';
import { isUnfinished } from '../state/selectors.js';
import { text } from '../texts/texts.js';

/**
 * @typedef {object} DraftKeeping
 * @property {() => () => void} start follows the session from now on; the returned function ends it
 * @property {() => Promise<ImageId | null>} recall brings back what earlier pages left unfinished, once; names the image
 *   that was worked on last. What cannot be brought back yet is kept for the next call
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {PendingDrafts<Draft>} parts.drafts the memory
 * @param {(imageId: ImageId) => Promise<void>} parts.loadObjects brings the kept objects of an image
 * @param {() => Promise<string>} parts.modelId the model that answers
 * @param {ReportProblem} parts.report shows problems
 * @param {() => number} [parts.now] milliseconds since 1970
 * @returns {DraftKeeping} the service
 */
export function createDraftKeeping({ store, drafts, loadObjects, modelId, report, now = Date.now }) {
  /** @type {Set<ImageId>} */
  const remembered = new Set();
  /** @type {PendingDraft<Draft>[]} */
  let waiting = [];

  /** @type {(imageId: ImageId, draft: Draft | null, state: SessionState) => void} */
  const remember = (imageId, draft, state) => {
    const key = String(imageId);
    if (draft && isUnfinished(draft)) {
      remembered.add(imageId);
      const model = state.model?.modelId ?? null;
      drafts.put({ key, imageId, modelId: model, changedAt: now(), draft }).catch(reportLoss);
    } else if (remembered.delete(imageId)) {
      drafts.forget(key).catch(reportLoss);
    }
  };
  const reportLoss = (/** @type {unknown} */ problem) =>
    report(problem, text('this object would not outlive the page'));

  /** @type {(kept: PendingDraft<Draft>) => Promise<void>} */
  const recallOne = async ({ imageId, modelId: answeredBy, draft }) => {
    const [present] = await Promise.all([modelId(), loadObjects(imageId)]);
    remembered.add(imageId);
    store.apply(recallDraft(imageId, draft, answeredBy === present));
  };

  return {
    start: () =>
      store.subscribe((state, previous) => {
        if (state.documents === previous.documents) return;
        for (const [id, { content }] of Object.entries(state.documents)) {
          const before = previous.documents[Number(id)]?.content.draft ?? null;
          if (content.draft !== before) remember(Number(id), content.draft, state);
        }
      }),
    async recall() {
      const left = [...waiting, ...(await drafts.list())].sort((a, b) => b.changedAt - a.changedAt);
      waiting = [];
      for (const kept of left) {
        await recallOne(kept).catch((problem) => {
          waiting.push(kept);
          report(problem, text('an unfinished object waits to be shown'));
        });
      }
      return left.find((kept) => !waiting.includes(kept))?.imageId ?? null;
    },
  };
}
