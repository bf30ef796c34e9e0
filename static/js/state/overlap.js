/** Pixels that several objects want: what a project does about them, and which objects share some. */

/** @import {MaskRuns} from '../types.js' */
/** @import {DocumentContent, KeptObject, OverlapPolicy, SessionState} from './state_types.js' */

import { boxFromXywh, boxesOverlap } from '../geometry/box.js';
import { combineRuns, joinRuns } from '../masks/mask_algebra.js';
import { areaOfRuns, bboxOfRuns, rleOfRuns } from '../masks/mask_runs.js';
import { cachedRuns, rememberRuns } from '../masks/run_cache.js';
import { withMask } from './hand_edits.js';

/**
 * Name the policy of the project that is loaded.
 *
 * @param {SessionState} state the session
 * @returns {OverlapPolicy} overlaps are allowed until the server has said otherwise
 */
export function overlapPolicy({ projects, projectId }) {
  return projects.find((project) => project.id === projectId)?.overlap ?? 'allowed';
}

/**
 * Keep new and changed masks from taking pixels that other objects have. What a mask had before, it keeps; what it gains
 * must be free, so that it ends exactly at the border of its neighbour.
 *
 * @param {DocumentContent} content what a step would make of the image
 * @param {DocumentContent} before the image before the step
 * @param {{takes: boolean, lockedKeys: Readonly<Record<string, true>>}} rule with `takes` the other objects lose the
 *   pixels instead, except the locked ones
 * @returns {DocumentContent | null} null when nothing would be left of a mask
 */
export function withoutOverlaps(content, before, { takes, lockedKeys }) {
  if (content.objects === before.objects) return content;
  const known = new Map(before.objects.map((object) => [object.key, object]));
  const changed = content.objects.filter((object) => known.get(object.key)?.rle !== object.rle);
  if (changed.length === 0) return content;
  /** @type {Map<string, KeptObject | null>} */
  const settled = new Map();
  const open = new Set(changed);
  const keys = new Set(changed.map(({ key }) => key));
  const present = () => content.objects.map((one) => (settled.has(one.key) ? settled.get(one.key) : one));
  for (const object of changed) {
    open.delete(object);
    const others = present().filter((one) => one && one.key !== object.key && !open.has(one) && boxesMeet(one, object));
    const neighbours = /** @type {KeptObject[]} */ (others);
    const keeps = (/** @type {KeptObject} */ one) => !takes || lockedKeys[one.key] || keys.has(one.key);
    const mine = freePart(object, known.get(object.key) ?? null, neighbours.filter(keeps));
    if (!mine) return null;
    settled.set(object.key, mine);
    for (const one of neighbours) if (!keeps(one)) settled.set(one.key, without(one, cachedRuns(mine.rle)));
  }
  const objects = /** @type {KeptObject[]} */ (present().filter((one) => one !== null));
  const gone = content.draft && settled.get(content.draft.refines ?? '') === null;
  return { ...content, objects, draft: gone ? null : content.draft };
}

/**
 * Find the objects that share pixels.
 *
 * @param {readonly KeptObject[]} objects of one image
 * @returns {readonly (readonly [string, string])[]} pairs of keys, from left to right
 */
export function overlappingPairs(objects) {
  const byLeft = [...objects].sort((a, b) => a.bbox[0] - b.bbox[0]);
  /** @type {[string, string][]} */
  const pairs = [];
  for (let at = 0; at < byLeft.length; at += 1) {
    const first = byLeft[at];
    const right = first.bbox[0] + first.bbox[2];
    for (let next = at + 1; next < byLeft.length && byLeft[next].bbox[0] < right; next += 1) {
      const second = byLeft[next];
      if (boxesMeet(first, second) && sharePixels(first, second)) pairs.push([first.key, second.key]);
    }
  }
  return pairs;
}

/**
 * Take pixels away from an object.
 *
 * @param {KeptObject} object the object
 * @param {MaskRuns} pixels what it loses
 * @returns {KeptObject | null} the same object where it loses nothing; null when nothing is left
 */
export function without(object, pixels) {
  const mask = cachedRuns(object.rle);
  const lost = combineRuns(mask, pixels, 'intersect');
  if (lost.length === 0) return object;
  const runs = combineRuns(mask, lost, 'subtract');
  if (runs.length === 0) return null;
  const [height, width] = object.rle.size;
  const rle = rleOfRuns(runs, { width, height });
  rememberRuns(rle, runs);
  const box = boxFromXywh(bboxOfRuns(lost, height));
  return withMask(object, { rle, area: areaOfRuns(runs), bbox: bboxOfRuns(runs, height) }, { tool: 'subtract', box });
}

/**
 * @param {KeptObject} object as the step would make it
 * @param {KeptObject | null} old as it was; null for a new one
 * @param {readonly KeptObject[]} holders objects that keep their pixels
 * @returns {KeptObject | null} without what they hold and it did not have; null when nothing is left
 */
function freePart(object, old, holders) {
  if (holders.length === 0) return object;
  const held = joinRuns(holders.map(({ rle }) => cachedRuns(rle)));
  return without(object, old ? combineRuns(held, cachedRuns(old.rle), 'subtract') : held);
}

/** @type {WeakMap<KeptObject['rle'], WeakMap<KeptObject['rle'], boolean>>} */
const compared = new WeakMap();

/** @type {(a: KeptObject, b: KeptObject) => boolean} */
function sharePixels({ rle: a }, { rle: b }) {
  let row = compared.get(a);
  if (!row) compared.set(a, (row = new WeakMap()));
  let shares = row.get(b);
  if (shares === undefined) {
    shares = combineRuns(cachedRuns(a), cachedRuns(b), 'intersect').length > 0;
    row.set(b, shares);
  }
  return shares;
}

/** @type {(a: KeptObject, b: KeptObject) => boolean} */
const boxesMeet = (a, b) => boxesOverlap(boxFromXywh(a.bbox), boxFromXywh(b.bbox));
