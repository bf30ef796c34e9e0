/** The classes and which one new objects get. */

/** @import {Action, Category} from '../state_types.js' */

/**
 * Show the classes. The active one stays active while it exists.
 *
 * @param {readonly Category[]} categories in the order of their number keys
 * @returns {Action} an action on the classes
 */
export function setCategories(categories) {
  return (state) => {
    const stays = categories.some((category) => category.id === state.activeCategoryId);
    return { ...state, categories, activeCategoryId: stays ? state.activeCategoryId : (categories[0]?.id ?? null) };
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
    return { ...state, activeCategoryId: categoryId };
  };
}
