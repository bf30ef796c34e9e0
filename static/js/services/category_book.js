/** The classes: reading, adding, renaming, deleting, choosing. */

/** @import {Category, SessionStore} from '../state/state_types.js' */
/** @import {CategoriesApi} from '../api/categories_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { activateCategory, dropCategory, putCategory, setCategories } from '../state/actions/category_actions.js';
import { setDraftCategory } from '../state/actions/prompt_actions.js';
import { nextColor } from '../state/palette.js';
import { projectOf } from '../state/selectors.js';
import { text } from '../texts/texts.js';
import { createClassFile } from './class_file.js';

/**
 * @typedef {object} CategoryBook
 * @property {() => Promise<void>} read reads the classes
 * @property {(id: number) => void} choose gives the class to the open object and to new ones
 * @property {(name: string) => Promise<boolean>} create adds a class and chooses it; false when it was refused
 * @property {(file: Blob & {name?: string}) => Promise<boolean>} addFromFile adds the classes of a file that are not there
 *   yet; false when it is no list of classes, or when the server refused one
 * @property {() => Promise<void>} takeBackFile deletes what the last file has added, except classes that objects have by
 *   now; says so
 * @property {(id: number, change: Partial<Category>) => Promise<boolean>} update renames, recolours, asks
 * @property {(id: number) => Promise<void>} remove deletes a class; the server refuses while objects have it
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {CategoriesApi} parts.api the server
 * @param {ReportProblem} parts.report shows problems
 * @returns {CategoryBook} the service
 */
export function createCategoryBook({ store, api, report }) {
  const projectId = () => projectOf(store.get());
  const fromFile = createClassFile({ store, api });
  /** @type {(id: number) => void} */
  const choose = (id) => {
    store.apply(activateCategory(id));
    store.apply(setDraftCategory(id));
  };
  /** @type {(call: () => Promise<void>, failure: string) => Promise<boolean>} */
  const attempt = async (call, failure) => {
    try {
      await call();
      return true;
    } catch (problem) {
      report(problem, failure);
      return false;
    }
  };

  return {
    read: async () => {
      await attempt(async () => {
        const id = projectId();
        const categories = await api.list(id);
        if (store.get().projectId === id) store.apply(setCategories(categories));
      }, text('the classes could not be listed'));
    },
    choose,
    create: (name) =>
      attempt(
        async () => {
          const category = await api.create({ name, color: nextColor(store.get().categories) }, projectId());
          store.apply(putCategory(category));
          choose(category.id);
        },
        text('the class {name} was not added', { name }),
      ),
    addFromFile: (file) =>
      attempt(() => fromFile.add(file), text('the classes of {name} were not all added', { name: file.name ?? '' })),
    takeBackFile: async () => {
      await attempt(fromFile.takeBack, text('the classes of the file were not all deleted'));
    },
    update: (id, change) =>
      attempt(async () => store.apply(putCategory(await api.update(id, change))), text('the class was not changed')),
    remove: async (id) => {
      await attempt(async () => {
        await api.remove(id);
        store.apply(dropCategory(id));
      }, text('the class was not deleted'));
    },
  };
}
