/** Adds the classes of a file, and takes them back when it was the wrong one. */

/** @import {SessionState, SessionStore} from '../state/state_types.js' */
/** @import {CategoriesApi} from '../api/categories_api.js' */

import { dropCategory, putCategory } from '../state/actions/category_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { nextColor } from '../state/palette.js';
import { projectOf } from '../state/selectors.js';
import { phrase, plural } from '../texts/texts.js';
import { readClassList } from './class_list.js';
import { describeProblem } from './problem_report.js';

/** Why a class is not deleted although it may be: objects have it, it is the only one, or somebody was quicker. */
const STAYS = new Set(['category_in_use', 'category_last', 'category_not_found']);

const TAKE_BACK = { label: phrase('Take back'), command: 'takeBackClassList', value: 0 };

/**
 * @typedef {object} ClassFile
 * @property {(file: Blob) => Promise<void>} add adds the classes of a file that are not there yet, and offers to take them
 *   back; rejects when it is no list of classes, or when the server refused one
 * @property {() => Promise<void>} takeBack deletes what the last file has added, except classes that objects have by now;
 *   rejects when the server could not be asked, and goes on with the next call
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {Pick<CategoriesApi, 'create' | 'remove'>} parts.api the server
 * @returns {ClassFile} the service
 */
export function createClassFile({ store, api }) {
  /** @type {number[]} ids of the classes that the last file has added */
  let added = [];

  /** @type {(id: number) => Promise<boolean>} false for a class that stays */
  const removed = async (id) => {
    // What is unfinished, or not saved yet, the server does not know of.
    if (isUsedHere(store.get(), id)) return false;
    try {
      await api.remove(id);
    } catch (problem) {
      if (STAYS.has(describeProblem(problem).code)) return false;
      throw problem;
    }
    store.apply(dropCategory(id));
    return true;
  };

  return {
    async add(file) {
      const listed = await readClassList(file);
      const known = new Set(store.get().categories.map(({ name }) => name));
      const wanted = listed.filter(({ name }) => !known.has(name));
      const projectId = projectOf(store.get());
      added = [];
      for (const one of wanted) {
        const category = await api.create({ color: nextColor(store.get().categories), ...one }, projectId);
        added.push(category.id);
        if (store.get().projectId === projectId) store.apply(putCategory(category));
      }
      const notice = { tone: /** @type {const} */ ('info'), message: addedText(added.length, listed.length), hint: '' };
      store.apply(addNotice(added.length > 0 ? { ...notice, action: TAKE_BACK } : notice));
    },
    async takeBack() {
      let [gone, kept] = [0, 0];
      for (; added.length > 0; added = added.slice(1)) {
        if (await removed(added[0])) gone += 1;
        else kept += 1;
      }
      store.apply(addNotice({ tone: 'info', message: takenBackText(gone, kept), hint: '' }));
    },
  };
}

/** @type {(state: SessionState, id: number) => boolean} */
const isUsedHere = ({ documents }, id) =>
  Object.values(documents).some(
    ({ content: { draft, objects } }) =>
      draft?.categoryId === id || objects.some(({ categoryId }) => categoryId === id),
  );

/** @type {(added: number, listed: number) => string} */
function addedText(added, listed) {
  const there = listed - added;
  const first = plural(added, '{count} class was added', '{count} classes were added');
  return there === 0 ? first : `${first}; ${plural(there, '{count} was there already', '{count} were there already')}`;
}

/** @type {(gone: number, kept: number) => string} */
function takenBackText(gone, kept) {
  const first = plural(gone, '{count} class was deleted', '{count} classes were deleted');
  if (kept === 0) return first;
  return `${first}; ${plural(kept, '{count} stays, because it is used', '{count} stay, because they are used')}`;
}
