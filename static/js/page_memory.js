/** What the browser remembers of this page: work that the server does not have yet, and the steps of every image. */

/** @import {Draft, KeptObject} from './state/state_types.js' */
/** @import {Histories} from './api/history_database.js' */
/** @import {PendingWork, Person} from './api/pending_saves.js' */
/** @import {ReportProblem} from './services/problem_report.js' */
/** @import {StoredStep} from './state/step_codec.js' */

import { openHistories } from './api/history_database.js';
import { openPendingWork } from './api/pending_saves.js';
import { claimTab } from './api/tab_lock.js';
import { text } from './texts/texts.js';

/** @typedef {{work: PendingWork<KeptObject, Draft> | null, histories: Histories<StoredStep> | null}} PageMemory */

/**
 * Open both memories. Each may be missing, which is told; the page works without.
 *
 * @param {object} browser what the browser has
 * @param {LockManager | undefined} browser.locks keeps tabs apart
 * @param {IDBFactory} browser.databases keeps values
 * @param {() => Person | null} browser.who who is signed in; null without accounts
 * @param {ReportProblem} report shows problems
 * @returns {Promise<PageMemory>} null for a memory that the browser refuses
 */
export async function openMemory({ locks, databases, who }, report) {
  /** @type {(loss: string) => (problem: unknown) => null} */
  const tell = (loss) => (problem) => {
    report(problem, loss);
    return null;
  };
  const tab = claimTab(locks, crypto.randomUUID());
  const [work, histories] = await Promise.all([
    tab
      .then(
        (claimed) => /** @type {Promise<PendingWork<KeptObject, Draft>>} */ (openPendingWork(databases, claimed, who)),
      )
      .catch(tell(text('unsaved work would not outlive this page'))),
    tab
      .then((claimed) => /** @type {Promise<Histories<StoredStep>>} */ (openHistories(databases, claimed, { who })))
      .catch(tell(text('the steps back would not outlive this page'))),
  ]);
  return { work, histories };
}
