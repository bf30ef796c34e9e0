/** Work that another person left in this browser: it is never sent from here, and somebody decides what becomes of it. */

/** @import {Draft, KeptObject, SessionStore} from '../state/state_types.js' */
/** @import {LeftWork, PendingWork} from '../api/pending_saves.js' */
/** @import {Histories} from '../api/history_database.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { setLeftWork } from '../state/actions/team_actions.js';
import { phrase } from '../texts/texts.js';
import { formatAnnotation } from './object_json.js';

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<PendingWork<KeptObject, Draft>, 'ofOthers' | 'discard'> | null} parts.memory the browser's memory, null when there is none
 * @param {Pick<Histories<unknown>, 'discard'> | null} parts.histories the steps of the images, null when there are none
 * @param {(blob: Blob, fileName: string) => void} parts.saveFile starts a download
 * @param {ReportProblem} parts.report shows problems
 * @returns {{find: () => Promise<void>, commands: {downloadLeftWork: (personId: number) => Promise<void>,
 *   discardLeftWork: (personId: number) => Promise<void>}}} `find` looks for such work and shows it
 */
export function createLeftWork({ store, memory, histories, saveFile, report }) {
  const find = async () => {
    const left = (await memory?.ofOthers()) ?? [];
    const counts = left.map(({ person, saves, drafts }) => ({
      ...{ personId: person.id, name: person.name, saves: saves.length, drafts: drafts.length },
    }));
    if (counts.length > 0 || store.get().team.leftWork.length > 0) store.apply(setLeftWork(counts));
  };
  return {
    find,
    commands: {
      async downloadLeftWork(personId) {
        try {
          const left = (await memory?.ofOthers())?.find(({ person }) => person.id === personId);
          if (!left) return;
          const text = JSON.stringify(asDocument(left), null, 2);
          saveFile(new Blob([text], { type: 'application/json' }), `unsaved-work-${fileWord(left.person.name)}.json`);
        } catch (problem) {
          report(problem, phrase('the work of somebody else could not be read'));
        }
      },
      async discardLeftWork(personId) {
        try {
          await memory?.discard(personId);
          await histories?.discard(personId);
          await find();
        } catch (problem) {
          report(problem, phrase('the work of somebody else was not discarded'));
        }
      },
    },
  };
}

/** @type {(name: string) => string} a name without what file systems refuse */
const fileWord = (name) => name.replaceAll(/[^\p{L}\p{N}]+/gu, '-');

/**
 * @param {LeftWork<KeptObject, Draft>} left what somebody left behind
 * @returns {object} the same for a file: `annotation` is the body that the routes of annotations take, null for a deletion
 */
function asDocument({ person, saves, drafts }) {
  return {
    person,
    objects: saves.map(({ key, imageId, serverId, revision, desired }) => ({
      ...{ client_key: key, image_id: imageId, annotation_id: serverId, revision: revision ?? null },
      annotation: desired && formatAnnotation(desired),
    })),
    drafts: drafts.map(({ imageId, modelId, draft }) => ({
      ...{ image_id: imageId, model_id: modelId, category_id: draft.categoryId },
      prompts: { points: draft.points, box: draft.box },
      masks: draft.candidates.map(({ rle }) => rle),
    })),
  };
}
