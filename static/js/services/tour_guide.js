/** Leads through the first object: brings the sample photograph, and goes on whenever a step was done. */

/** @import {ImageId, ImageRecord, SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { beginTour, endTour, nextTourStep } from '../state/actions/tour_actions.js';
import { showDialog } from '../state/actions/view_actions.js';
import { SAMPLE_NAME, isTourStepDone } from '../state/tour.js';
import { text } from '../texts/texts.js';

/** Where the page finds it. */
const SAMPLE_URL = `/static/sample/${SAMPLE_NAME}`;

/**
 * @typedef {object} GuideParts
 * @property {SessionStore} store the session
 * @property {(url: string) => Promise<Blob>} fetchSample fetches the sample photograph
 * @property {(files: readonly File[]) => Promise<ImageRecord[]>} addFiles adds photographs to the project
 * @property {(id: ImageId) => Promise<unknown>} workOn opens an image in the workbench
 * @property {(id: ImageId) => Promise<unknown>} loadObjects brings the kept objects of an image
 * @property {ReportProblem} report shows problems
 */

/**
 * Make the guide.
 *
 * @param {GuideParts} parts what it works with
 * @returns {{start: () => () => void, commands: {startTour: () => Promise<void>, nextTourStep: () => void, endTour: () => void}}}
 *   `start` follows the session; the commands are for keys and controls
 */
export function createTourGuide({ store, fetchSample, addFiles, workOn, loadObjects, report }) {
  /** @type {() => Promise<ImageId | null>} */
  const bringSample = async () => {
    const known = store.get().images.find((image) => image.file_name === SAMPLE_NAME);
    if (known) return known.id;
    const blob = await fetchSample(SAMPLE_URL);
    // A project that has the same photograph under another name answers with that one.
    const [sample] = await addFiles([new File([blob], SAMPLE_NAME, { type: 'image/jpeg' })]);
    return sample?.id ?? null;
  };

  return {
    start: () =>
      store.subscribe(() => {
        // Announced states may be behind the newest one, and would skip a step for each of them.
        if (isTourStepDone(store.get())) store.apply(nextTourStep());
      }),
    commands: {
      async startTour() {
        store.apply(showDialog(null));
        try {
          const id = await bringSample();
          if (id === null) return; // what was refused has been said
          await loadObjects(id);
          await workOn(id);
          store.apply(beginTour(id));
        } catch (problem) {
          report(problem, text('the tour did not start'));
        }
      },
      nextTourStep: () => store.apply(nextTourStep()),
      endTour: () => store.apply(endTour()),
    },
  };
}
