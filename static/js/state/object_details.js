/** What people say about objects beside their class, and what is asked of them. */

/** @import {AttributeValue, Category, KeptObject, ObjectDetails} from './state_types.js' */

/** @type {ObjectDetails} what a new object has */
export const NO_DETAILS = Object.freeze({
  attributes: Object.freeze({}),
  groupId: null,
  isCrowd: false,
  notes: '',
  zOrder: 0,
});

/**
 * Change some of the details.
 *
 * @param {ObjectDetails} details before
 * @param {Partial<ObjectDetails>} change the parts that change; attributes are changed one by one
 * @returns {ObjectDetails} after; the same value when nothing changed
 */
export function withDetails(details, change) {
  const attributes = change.attributes ? merged(details.attributes, change.attributes) : details.attributes;
  const next = { ...details, ...change, attributes };
  const same = /** @type {const} */ (['attributes', 'groupId', 'isCrowd', 'notes', 'zOrder']).every(
    (name) => next[name] === details[name],
  );
  return same ? details : next;
}

/**
 * Say what several objects have in common.
 *
 * @template T
 * @param {readonly KeptObject[]} objects at least one
 * @param {(object: KeptObject) => T} part takes a part
 * @returns {T | undefined} undefined where they differ
 */
export function commonPart(objects, part) {
  const first = part(objects[0]);
  return objects.every((object) => part(object) === first) ? first : undefined;
}

/**
 * Name the next free group.
 *
 * @param {readonly KeptObject[]} objects all objects of the image
 * @returns {number} one more than the largest group there is
 */
export function nextGroup(objects) {
  return 1 + objects.reduce((largest, { details }) => Math.max(largest, details.groupId ?? 0), 0);
}

/**
 * Work out numbers about the objects of each class.
 *
 * @param {readonly KeptObject[]} objects all objects of the image
 * @param {readonly Category[]} categories the classes, in order
 * @param {number} imageArea in pixels
 * @returns {{category: Category, count: number, area: number, share: number, iou: number | null}[]} for the classes that
 *   have objects: mean area in pixels, part of the image, mean predicted IoU where the model gave one
 */
export function classNumbers(objects, categories, imageArea) {
  return categories.flatMap((category) => {
    const own = objects.filter((object) => object.categoryId === category.id);
    if (own.length === 0) return [];
    const total = own.reduce((sum, { area }) => sum + area, 0);
    const scores = own.flatMap(({ predictedIou }) => (predictedIou === null ? [] : [predictedIou]));
    const iou = scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
    return [{ category, count: own.length, area: total / own.length, share: total / imageArea, iou }];
  });
}

/**
 * @param {Readonly<Record<string, AttributeValue>>} before answers by name
 * @param {Readonly<Record<string, AttributeValue>>} change new answers; an empty text takes the answer away
 * @returns {Readonly<Record<string, AttributeValue>>} the same value when nothing changed
 */
function merged(before, change) {
  if (Object.entries(change).every(([name, value]) => (before[name] ?? '') === value)) return before;
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== ''));
}
