/**
 * The close-up: a part of the open image that was encoded by itself, so that small things are seen sharply. Prompts that lie
 * on it are answered by it, all others by the embedding of the whole image.
 */

/** @import {Candidate, Crop, Draft, SessionState} from './state_types.js' */

import { boxFromXywh } from '../geometry/box.js';
import { logitsOnFrame } from '../masks/logits_frames.js';
import { isSameCrop, placementOf } from '../masks/placement.js';
import { shownCandidate } from './draft.js';
import { currentImage } from './selectors.js';

/**
 * Name the part of the open image whose embedding the decoder has.
 *
 * @param {SessionState} state the session
 * @returns {Crop | null} null for none
 */
export function readyCrop({ closeUp, currentImageId, featuresReady }) {
  return featuresReady && closeUp?.ready && closeUp.imageId === currentImageId ? closeUp.crop : null;
}

/**
 * Choose what answers the prompts of an object.
 *
 * @param {SessionState} state the session
 * @param {Draft} draft the open object
 * @returns {Crop | null} the close-up where all of the prompts, and the mask that they change, lie on it; null for the
 *   whole image
 */
export function cropFor(state, draft) {
  const crop = readyCrop(state);
  if (!crop) return null;
  const shown = shownCandidate(draft);
  const boxes = [draft.box, shown && shown.area > 0 ? boxFromXywh(shown.bbox) : null];
  const corners = boxes.flatMap((box) =>
    box
      ? [
          { x: box[0], y: box[1] },
          { x: box[2], y: box[3] },
        ]
      : [],
  );
  return [...draft.points, ...corners].every((place) => isOn(crop, place)) ? crop : null;
}

/** @type {(crop: Crop, place: {x: number, y: number}) => boolean} */
const isOn = ({ x, y, width, height }, place) =>
  place.x >= x && place.x <= x + width && place.y >= y && place.y <= y + height;

/**
 * Let a part of the image, or all of it, answer the prompts that an object has got.
 *
 * @param {SessionState} state the session
 * @param {Draft} draft the object with its new prompts, which go on from the logits that `before` showed
 * @param {Draft} before the object before them
 * @param {Crop | null} crop what answers
 * @returns {Draft} the object with its logits moved there
 */
export function onCrop(state, draft, before, crop) {
  const { previousLogits } = draft;
  const moved = previousLogits && movedLogits(state, previousLogits, cropOfLogits(previousLogits, before), crop);
  return { ...draft, previousLogits: moved, crop };
}

/**
 * Name the part of the image that the logits of a candidate lie on.
 *
 * @param {Pick<Candidate, 'placement' | 'crop'>} candidate an answer
 * @returns {Crop | null} null for all of the image
 */
export function cropOfCandidate({ placement, crop }) {
  return placement?.crop ?? crop ?? null;
}

/** @type {(logits: Float32Array, draft: Draft) => Crop | null} */
function cropOfLogits(logits, draft) {
  const shown = shownCandidate(draft);
  if (shown && logits === shown.logits) return cropOfCandidate(shown);
  // What a kept mask is refined from lies on the whole image.
  return logits === draft.baseLogits ? null : (draft.crop ?? null);
}

/** @type {WeakMap<Float32Array, {crop: Crop | null, moved: Float32Array}>} the pointer asks again and again */
const known = new WeakMap();

/** @type {(state: SessionState, logits: Float32Array, from: Crop | null, to: Crop | null) => Float32Array | null} */
function movedLogits(state, logits, from, to) {
  if (isSameCrop(from, to)) return logits;
  const earlier = known.get(logits);
  if (earlier && isSameCrop(earlier.crop, to)) return earlier.moved;
  const image = currentImage(state);
  const modelSize = state.model?.imageSize;
  // Without their sizes they cannot be moved, and would mean something else where they are not.
  if (!image || !modelSize) return null;
  const placed = (/** @type {Crop | null} */ crop) =>
    placementOf({ image_size: modelSize, mask_threshold: 0 }, image, crop);
  const moved = logitsOnFrame(logits, Math.round(Math.sqrt(logits.length)), placed(from), placed(to));
  known.set(logits, { crop: to, moved });
  return moved;
}
