/** Whether a preview shows what is kept already: then it would only cover it. */

/** @import {KeptObject, MaskReading, SessionState} from './state_types.js' */

import { keptObjects, openDraft } from './selectors.js';

/** Masks that overlap so much are the same to a person. */
const SAME_IOU = 0.85;

/** @type {WeakMap<MaskReading, WeakMap<KeptObject, boolean>>} the question is put with every frame */
const answers = new WeakMap();

/**
 * Say whether a preview repeats a kept object under the pointer. Only objects whose logits are in this page can be
 * compared: those that were just made.
 *
 * @param {SessionState} state the session
 * @param {MaskReading} mask the preview
 * @returns {boolean} true when it shows nothing new; never while an object is being made
 */
export function repeatsKept(state, mask) {
  if (openDraft(state)) return false;
  return keptObjects(state).some((object) => object.logits && isUnder(state, object) && isSame(object, mask));
}

/** @type {(object: KeptObject, mask: MaskReading) => boolean} */
function isSame(object, mask) {
  const known = answers.get(mask) ?? new WeakMap();
  answers.set(mask, known);
  const same = known.get(object) ?? iou(object, mask) >= SAME_IOU;
  known.set(object, same);
  return same;
}

/** @type {(state: SessionState, object: KeptObject) => boolean} */
function isUnder({ cursor, hiddenKeys, masksVisible }, { key, bbox: [x, y, width, height] }) {
  if (cursor === null || !masksVisible || hiddenKeys[key]) return false;
  return cursor.x >= x && cursor.x <= x + width && cursor.y >= y && cursor.y <= y + height;
}

/** @type {(object: KeptObject, mask: MaskReading) => number} of what is above the threshold; 0 where it cannot be said */
function iou({ logits }, { logits: values, side, placement: { threshold, crop } }) {
  // Kept logits lie on the whole image.
  if (!logits || logits.side !== side || crop) return 0;
  let both = 0;
  let any = 0;
  for (let index = 0; index < values.length; index += 1) {
    const here = values[index] > threshold;
    const there = logits.values[index] > threshold;
    if (here && there) both += 1;
    if (here || there) any += 1;
  }
  return any === 0 ? 0 : both / any;
}
