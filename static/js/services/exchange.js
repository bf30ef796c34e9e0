/** Exports and imports: begins them, follows them until they end, and brings in what was imported. */

/** @import {ExportJson, ExportWishJson, ImportJson, JobJson} from '../exchange_types.js' */
/** @import {Exchange, SessionStore} from '../state/state_types.js' */
/** @import {ExchangeApi} from '../api/exchange_api.js' */

import { setExporting, setImporting } from '../state/actions/exchange_actions.js';
import { showDialog } from '../state/actions/view_actions.js';
import { projectOf } from '../state/selectors.js';
import { describeProblem } from './problem_report.js';

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1000;

/**
 * @typedef {object} ExchangeParts
 * @property {SessionStore} store the session
 * @property {ExchangeApi} api the server
 * @property {() => Promise<unknown>} onImported masks came in
 * @property {(ms: number) => Promise<unknown>} pause waits before the server is asked again
 */

/**
 * @typedef {object} ExchangeService
 * @property {(wish: Omit<ExportWishJson, 'project_id'>) => Promise<void>} startExport exports the open project
 * @property {(file: File) => Promise<void>} tryImport shows what would come of a file
 * @property {() => Promise<void>} confirmImport takes in the file that was tried
 */

/**
 * @template Job
 * @typedef {(id: number) => Promise<Job>} Ask asks how far it is
 */

/**
 * @template Job
 * @typedef {(exchange: Pick<Exchange<Job>, 'job' | 'problem'>) => void} Show shows it
 */

/**
 * Make the service.
 *
 * @param {ExchangeParts} parts what it works with
 * @returns {ExchangeService} the service
 */
export function createExchange({ store, api, onImported, pause }) {
  /** @type {<Job extends JobJson>(start: () => Promise<Job>, ask: Ask<Job>, show: Show<Job>) => Promise<Job | null>} */
  const follow = async (start, ask, show) => {
    show({ job: null, problem: null });
    try {
      let job = await start();
      for (let ms = SHORTEST_PAUSE_MS; isGoingOn(job); ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
        show({ job, problem: null });
        await pause(ms);
        job = await ask(job.id);
      }
      show({ job, problem: job.error });
      return job.error ? null : job;
    } catch (problem) {
      show({ job: null, problem: describeProblem(problem) });
      return null;
    }
  };

  /** @type {(fileName: string) => (exchange: Pick<Exchange<ImportJson>, 'job' | 'problem'>) => void} */
  const showImport = (fileName) => (exchange) => store.apply(setImporting({ ...exchange, fileName }));

  return {
    async startExport(wish) {
      const whole = { ...wish, project_id: projectOf(store.get()) };
      await follow(
        () => api.startExport(whole),
        api.getExport,
        (/** @type {Pick<Exchange<ExportJson>, 'job' | 'problem'>} */ exchange) =>
          store.apply(setExporting({ ...exchange, fileName: exchange.job?.file_name ?? '' })),
      );
    },
    async tryImport(file) {
      store.apply(showDialog('import'));
      const projectId = projectOf(store.get());
      await follow(() => api.tryImport(file, projectId), api.getImport, showImport(file.name));
    },
    async confirmImport() {
      const tried = store.get().importing;
      const id = tried?.job?.id;
      if (id === undefined || !tried?.job?.report?.is_dry_run) return;
      const done = await follow(() => api.confirmImport(id), api.getImport, showImport(tried.fileName));
      if (done) await onImported();
    },
  };
}

/** @type {(job: JobJson) => boolean} */
function isGoingOn({ state }) {
  return state === 'waiting' || state === 'running';
}

/**
 * Tell annotation files from photographs.
 *
 * @param {readonly File[]} files what was dropped or chosen
 * @returns {{annotationFile: File | null, photographs: File[]}} the first annotation file; everything else
 */
export function sortFiles(files) {
  const isAnnotationFile = (/** @type {File} */ file) => /\.(json|zip)$/i.test(file.name);
  return {
    annotationFile: files.find(isAnnotationFile) ?? null,
    photographs: files.filter((file) => !isAnnotationFile(file)),
  };
}
