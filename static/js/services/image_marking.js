/** Says how far images are: shown at once, and sent until the server has it. */

/** @import {ImageId, ImageStateName, SessionStore} from '../state/state_types.js' */
/** @import {ImagesApi} from '../api/images_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { NetworkError } from '../api/api_error.js';
import { setImageState } from '../state/actions/project_actions.js';
import { text } from '../texts/texts.js';

/**
 * @typedef {object} ImageMarking
 * @property {(imageIds: ReadonlyArray<ImageId>, state: ImageStateName) => Promise<void>} mark says how far images are
 * @property {() => Promise<void>} retry sends what the server could not be told
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {ImagesApi} parts.api the server
 * @param {ReportProblem} parts.report shows problems
 * @returns {ImageMarking} the service
 */
export function createImageMarking({ store, api, report }) {
  /** @type {Map<ImageId, ImageStateName>} */
  const waiting = new Map();

  /** @type {(id: ImageId, state: ImageStateName, before: ImageStateName | undefined) => Promise<boolean>} */
  const send = async (id, state, before) => {
    try {
      await api.setState(id, state);
      if (waiting.get(id) === state) waiting.delete(id);
      return true;
    } catch (problem) {
      if (problem instanceof NetworkError) {
        waiting.set(id, state);
        return false;
      }
      waiting.delete(id);
      if (before) store.apply(setImageState([id], before));
      report(problem, text('the state of an image was not saved'));
      return true;
    }
  };

  return {
    async mark(imageIds, state) {
      const before = new Map(store.get().images.map((image) => [image.id, image.state]));
      store.apply(setImageState(imageIds, state));
      const sent = [];
      for (const id of imageIds) sent.push(await send(id, state, before.get(id)));
      if (sent.includes(false)) {
        report(new NetworkError(null), text('the state of images is sent again when the server is back'));
      }
    },
    async retry() {
      for (const [id, state] of [...waiting]) await send(id, state, undefined);
    },
  };
}
