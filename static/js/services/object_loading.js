/** Brings the kept objects of an image from the server into the session, once per image. */

/** @import {ImageId, KeptObject, SessionStore} from '../state/state_types.js' */
/** @import {AnnotationsApi} from '../api/annotations_api.js' */
/** @import {PendingSave, PendingSaves} from '../api/pending_saves.js' */
/** @import {AnnotationSaver} from './annotation_saver.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { loadObjects, recallObject } from '../state/actions/object_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { NO_DETAILS } from '../state/object_details.js';
import { parseAnnotation } from './object_json.js';
import { phrase, plural, text } from '../texts/texts.js';

/**
 * @typedef {object} ObjectLoading
 * @property {(imageId: ImageId) => Promise<void>} load brings the objects once; a failed load may be asked again
 * @property {() => void} forget lets every image be brought again
 * @property {() => Promise<void>} recall takes up what earlier pages could not save; what cannot be taken up yet
 *   waits for the next call
 */

/**
 * Make the loader.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {AnnotationsApi} parts.api the server
 * @param {AnnotationSaver} parts.saver is told what the server has
 * @param {PendingSaves<KeptObject> | null} parts.pending what earlier pages left behind, null when there is no memory
 * @param {ReportProblem} parts.report shows problems
 * @returns {ObjectLoading} the loader
 */
export function createObjectLoading({ store, api, saver, pending, report }) {
  /** @type {Map<ImageId, Promise<void>>} */
  const loads = new Map();
  /** @type {PendingSave<KeptObject>[]} */
  let waiting = [];

  /** @type {(imageId: ImageId) => Promise<void>} */
  const fetchObjects = async (imageId) => {
    const kept = (await api.list(imageId)).map((json) => ({ object: parseAnnotation(json), json }));
    for (const { object, json } of kept) saver.adopt(imageId, object, json);
    const objects = kept.map(({ object }) => object);
    store.apply(loadObjects(imageId, objects));
  };

  /** @type {(imageId: ImageId) => Promise<void>} */
  const load = (imageId) => {
    const known = loads.get(imageId);
    if (known) return known;
    const loading = fetchObjects(imageId).catch((problem) => {
      loads.delete(imageId);
      throw problem;
    });
    loads.set(imageId, loading);
    return loading;
  };

  /** @type {(save: PendingSave<KeptObject>) => Promise<void>} */
  const recallOne = async (save) => {
    await load(save.imageId);
    // Earlier versions called an object otherwise than the next page that read it from the server.
    const key = saver.keyOf(save.serverId) ?? save.key;
    if (key !== save.key) await pending?.forget(save.key);
    const desired = save.desired && { ...completed(save.desired), key };
    saver.recall({ ...save, key, desired });
    store.apply(recallObject(save.imageId, key, desired));
  };

  return {
    load,
    forget: () => loads.clear(),
    async recall() {
      const left = (await pending?.list()) ?? [];
      const saves = [...waiting, ...left];
      waiting = [];
      for (const save of saves) {
        await recallOne(save).catch((problem) => {
          waiting.push(save);
          report(problem, text('unsaved work was kept'));
        });
      }
      if (left.length > 0) store.apply(addNotice(recallNotice(left.length)));
    },
  };
}

/**
 * @param {Partial<KeptObject>} object as an earlier version of the page may have remembered it
 * @returns {KeptObject} with what that version did not know
 */
function completed(object) {
  return /** @type {KeptObject} */ ({ details: NO_DETAILS, effort: null, handEdits: [], ...object });
}

/**
 * @param {number} count objects that were taken up
 * @returns {{tone: 'info', message: string, hint: string}} what the annotator is told
 */
function recallNotice(count) {
  const message = plural(
    count,
    'one change from an earlier visit had not reached the server',
    '{count} changes from an earlier visit had not reached the server',
  );
  return { tone: 'info', message, hint: phrase('sent again now') };
}
