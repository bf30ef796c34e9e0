/** Which objects the list shows, and in which order. */

/** @import {Category, KeptObject} from './state_types.js' */

/** @typedef {'kept' | 'class' | 'score' | 'area'} ObjectSort */

/** @typedef {{object: KeptObject, number: number}} ListedObject */

/**
 * List objects.
 *
 * @param {readonly KeptObject[]} objects all objects of the image
 * @param {readonly Category[]} categories the classes
 * @param {object} view what is asked for
 * @param {string} view.search words of the class, the notes or the answers
 * @param {ObjectSort} view.sort the order; low scores and large areas come first
 * @returns {ListedObject[]} with the numbers that they have without a filter
 */
export function listObjects(objects, categories, { search, sort }) {
  const names = new Map(categories.map((category) => [category.id, category.name]));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const listed = objects.map((object, index) => ({ object, number: index + 1 }));
  const shown = words.length === 0 ? listed : listed.filter(({ object }) => fits(object, names, words));
  if (sort === 'kept') return shown;
  /** @type {Record<Exclude<ObjectSort, 'kept'>, (a: KeptObject, b: KeptObject) => number>} */
  const orders = {
    class: (a, b) => (names.get(a.categoryId) ?? '').localeCompare(names.get(b.categoryId) ?? ''),
    score: (a, b) => (a.predictedIou ?? 2) - (b.predictedIou ?? 2),
    area: (a, b) => b.area - a.area,
  };
  return shown.sort((a, b) => orders[sort](a.object, b.object) || a.number - b.number);
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
