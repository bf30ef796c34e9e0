/** The classes and which one new objects get. */

/** @import {Action, Category, SessionState} from '../state_types.js' */

/**
 * Show the classes. The active one stays active while it exists; without one it is the class that was chosen in this
 * project last, and the first one where nobody has chosen or that class is gone.
 *
 * @param {readonly Category[]} categories in the order of their number keys
 * @returns {Action} an action on the classes
 */
export function setCategories(categories) {
  return (state) => {
    const wished = [state.activeCategoryId, state.chosenClasses[projectKey(state)]];
    const stays = wished.find((id) => categories.some((category) => category.id === id));
    return { ...state, categories, activeCategoryId: stays ?? categories[0]?.id ?? null };
  };
}

/**
 * Add a class, or replace the one with the same id.
 *
 * @param {Category} category the class as the server keeps it
 * @returns {Action} an action on the classes
 */
export function putCategory(category) {
  return (state) => {
    const known = state.categories.some((old) => old.id === category.id);
    const categories = known
      ? state.categories.map((old) => (old.id === category.id ? category : old))
      : [...state.categories, category];
    return setCategories(categories)(state);
  };
}

/**
 * Take a class away.
 *
 * @param {number} categoryId the class
 * @returns {Action} an action on the classes
 */
export function dropCategory(categoryId) {
  return (state) => setCategories(state.categories.filter((category) => category.id !== categoryId))(state);
}

/**
 * Choose the class of the next objects.
 *
 * @param {number} categoryId the class
 * @returns {Action} does nothing for an unknown class
 */
export function activateCategory(categoryId) {
  return (state) => {
    if (!state.categories.some((category) => category.id === categoryId)) return state;
    const chosenClasses = { ...state.chosenClasses, [projectKey(state)]: categoryId };
    return { ...state, activeCategoryId: categoryId, chosenClasses };
  };
}

/**
 * Take over which classes were chosen on an earlier visit.
 *
 * @param {SessionState['chosenClasses']} chosenClasses by project
 * @returns {Action} an action on the classes
 */
export function setChosenClasses(chosenClasses) {
  return (state) => ({ ...state, chosenClasses });
}

/** @type {(state: SessionState) => number} */
const projectKey = ({ projectId }) => projectId ?? -1;
