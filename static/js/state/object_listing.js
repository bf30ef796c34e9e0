/** Which objects the list shows, and in which order. */

/** @import {Category, KeptObject, SessionState} from './state_types.js' */

/** @typedef {'kept' | 'class' | 'score' | 'area' | 'author'} ObjectSort */

/** @typedef {'hand' | 'automatic' | 'hidden' | 'locked' | 'unsaved'} ObjectStateName */

/** @typedef {Pick<SessionState, 'hiddenKeys' | 'lockedKeys' | 'saves'>} ObjectMarks what the session says of objects */

/** The states that the list can be narrowed to, in their order. */
export const OBJECT_STATES = /** @type {readonly ObjectStateName[]} */ (
  Object.freeze(['hand', 'automatic', 'hidden', 'locked', 'unsaved'])
);

/** @typedef {{object: KeptObject, number: number}} ListedObject */

/**
 * List objects.
 *
 * @param {readonly KeptObject[]} objects all objects of the image
 * @param {readonly Category[]} categories the classes
 * @param {object} view what is asked for
 * @param {string} view.search words of the class, the notes or the answers
 * @param {ObjectSort} view.sort the order; low scores and large areas come first
 * @param {ObjectStateName | null} [view.state] only objects in this state; null for all
 * @param {string | null} [view.author] only objects that this person kept; null for all
 * @param {ObjectMarks} [marks] what the session says of them; needed for hidden, locked and unsaved ones
 * @returns {ListedObject[]} with the numbers that they have without a filter
 */
export function listObjects(objects, categories, { search, sort, state = null, author = null }, marks = NO_MARKS) {
  const names = new Map(categories.map((category) => [category.id, category.name]));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const listed = objects.map((object, index) => ({ object, number: index + 1 }));
  const shown = listed.filter(
    ({ object }) =>
      (words.length === 0 || fits(object, names, words)) &&
      (state === null || IS_IN[state](object, marks)) &&
      (author === null || authorOf(object) === author),
  );
  if (sort === 'kept') return shown;
  /** @type {Record<Exclude<ObjectSort, 'kept'>, (a: KeptObject, b: KeptObject) => number>} */
  const orders = {
    class: (a, b) => (names.get(a.categoryId) ?? '').localeCompare(names.get(b.categoryId) ?? ''),
    score: (a, b) => (a.predictedIou ?? 2) - (b.predictedIou ?? 2),
    area: (a, b) => b.area - a.area,
    author: (a, b) => authorOf(a).localeCompare(authorOf(b)),
  };
  return shown.sort((a, b) => orders[sort](a.object, b.object) || a.number - b.number);
}

/** @type {ObjectMarks} */
const NO_MARKS = Object.freeze({ hiddenKeys: {}, lockedKeys: {}, saves: {} });

/** @type {Record<ObjectStateName, (object: KeptObject, marks: ObjectMarks) => boolean>} */
const IS_IN = {
  hand: ({ handEdits }) => handEdits.length > 0,
  automatic: ({ origin }) => origin === 'automatic',
  hidden: ({ key }, { hiddenKeys }) => Boolean(hiddenKeys[key]),
  locked: ({ key }, { lockedKeys }) => Boolean(lockedKeys[key]),
  unsaved: ({ key }, { saves }) => key in saves,
};

/** @type {(object: KeptObject) => string} */
const authorOf = ({ author }) => author ?? '';

/**
 * Name the people who kept objects.
 *
 * @param {readonly KeptObject[]} objects all objects of the image
 * @returns {string[]} in alphabetical order; an empty name for objects without one, unless nobody has a name
 */
export function authorsOf(objects) {
  const names = [...new Set(objects.map(authorOf))].sort((a, b) => a.localeCompare(b));
  return names.every((name) => name === '') ? [] : names;
}

/** @type {(object: KeptObject, names: ReadonlyMap<number, string>, words: readonly string[]) => boolean} */
function fits({ categoryId, details }, names, words) {
  const answers = Object.entries(details.attributes).flat().join(' ');
  const group = details.groupId === null ? '' : `group ${details.groupId}`;
  const text = [names.get(categoryId) ?? '', details.notes, answers, group, details.isCrowd ? 'crowd' : ''];
  const all = text.join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

/**
 * Name the objects between two of the list, both included.
 *
 * @param {readonly ListedObject[]} listed the list as it is shown
 * @param {string | null} from key of the one end; null for none
 * @param {string} to key of the other end
 * @returns {string[]} keys in the order of the list
 */
export function keysBetween(listed, from, to) {
  const keys = listed.map(({ object }) => object.key);
  const ends = [from === null ? -1 : keys.indexOf(from), keys.indexOf(to)];
  if (ends[0] < 0) return [to];
  return keys.slice(Math.min(...ends), Math.max(...ends) + 1);
}
