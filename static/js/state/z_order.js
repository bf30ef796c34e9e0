/** Which objects lie above others: those with more `zOrder`, and of equal ones the newer. Lists go from the lowest up. */

/** @import {DocumentContent, KeptObject} from './state_types.js' */

import { boxFromXywh, boxesOverlap } from '../geometry/box.js';

/** @typedef {'front' | 'back' | 'forward' | 'backward'} OrderMove */

/**
 * Sort objects as they are drawn.
 *
 * @param {readonly KeptObject[]} objects of one image; of equal ones the first was made first
 * @returns {readonly KeptObject[]} from the lowest to the one on top; the same list where they lie like that
 */
export function inDrawingOrder(objects) {
  const isSorted = objects.every((object, at) => at === 0 || levelOf(objects[at - 1]) <= levelOf(object));
  return isSorted ? objects : [...objects].sort((a, b) => levelOf(a) - levelOf(b));
}

/**
 * Let what a step has added lie on top of what was there, and everything else in its order.
 *
 * @param {DocumentContent} content what a step would make of the image
 * @param {DocumentContent} before the image before the step
 * @returns {DocumentContent} the same content where nothing has to move
 */
export function withOrder(content, before) {
  if (content.objects === before.objects) return content;
  const known = new Set(before.objects.map(({ key }) => key));
  let level = -Infinity;
  const raised = content.objects.map((object) => {
    if (!known.has(object.key) && levelOf(object) < level) return withLevel(object, level);
    level = Math.max(level, levelOf(object));
    return object;
  });
  const isSame = raised.every((object, at) => object === content.objects[at]);
  const objects = inDrawingOrder(isSame ? content.objects : raised);
  return objects === content.objects ? content : { ...content, objects };
}

/**
 * Move objects up or down among the others.
 *
 * @param {readonly KeptObject[]} objects of one image, from the lowest up
 * @param {ReadonlySet<string>} keys which ones move; among themselves they keep their order
 * @param {OrderMove} move to the front or back, or past the next other object whose box meets theirs
 * @returns {readonly KeptObject[]} the same list when all lie there already
 */
export function moved(objects, keys, move) {
  const movers = objects.filter(({ key }) => keys.has(key));
  if (move === 'front' || move === 'back') return toEnd(objects, movers, move);
  const ordered = move === 'forward' ? movers.reverse() : movers;
  return ordered.reduce((list, { key }) => pastNext(list, key, { keys, up: move === 'forward' }), objects);
}

/**
 * @param {readonly KeptObject[]} objects from the lowest up
 * @param {readonly KeptObject[]} movers some of them, in the same order
 * @param {'front' | 'back'} end where they go
 * @returns {readonly KeptObject[]} the same list when they lie there
 */
function toEnd(objects, movers, end) {
  const others = objects.filter((object) => !movers.includes(object));
  const lies = end === 'front' ? [...others, ...movers] : [...movers, ...others];
  if (others.length === 0 || lies.every((object, at) => object === objects[at])) return objects;
  const levels = others.map(levelOf);
  const first = end === 'front' ? Math.max(...levels) + 1 : Math.min(...levels) - movers.length;
  const placed = new Map(movers.map((object, at) => [object, withLevel(object, first + at)]));
  return inDrawingOrder(objects.map((object) => placed.get(object) ?? object));
}

/**
 * @param {readonly KeptObject[]} objects from the lowest up
 * @param {string} key which one moves
 * @param {{keys: ReadonlySet<string>, up: boolean}} how which ones are not in its way, and where to
 * @returns {readonly KeptObject[]} the same list when nothing is in its way
 */
function pastNext(objects, key, { keys, up }) {
  const at = objects.findIndex((object) => object.key === key);
  const object = objects[at];
  const way = up ? objects.slice(at + 1) : objects.slice(0, at).reverse();
  const box = boxFromXywh(object.bbox);
  const next = way.find((one) => !keys.has(one.key) && boxesOverlap(boxFromXywh(one.bbox), box));
  if (!next) return objects;
  const from = levelOf(next);
  const levels = objects.filter((one) => one !== object).map(levelOf);
  const beyond = up
    ? Math.min(...levels.filter((level) => level > from))
    : Math.max(...levels.filter((level) => level < from));
  // A level of its own between the two, so that the order does not hang on which object is older.
  const level = Number.isFinite(beyond) ? (from + beyond) / 2 : from + (up ? 1 : -1);
  const isBetween = level !== from && level !== beyond;
  if (!isBetween) return toEnd(objects, [object], up ? 'front' : 'back');
  return inDrawingOrder(objects.map((one) => (one === object ? withLevel(one, level) : one)));
}

/** @type {(object: KeptObject) => number} what an earlier program has kept in the browser has none */
const levelOf = ({ details }) => details.zOrder ?? 0;

/** @type {(object: KeptObject, zOrder: number) => KeptObject} */
const withLevel = (object, zOrder) => ({ ...object, details: { ...object.details, zOrder } });
