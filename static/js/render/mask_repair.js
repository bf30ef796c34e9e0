/** Mends a drawing of many masks where some of them changed: only what lies there is drawn again, all else stays. */

/** @import {BoxXyxy, Contours, Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {MaskItem} from './scene.js' */

import { boxesOverlap } from '../geometry/box.js';
import { drawMasks } from './mask_layer.js';

/** How far outlines, their halo and its soft edge reach beyond a mask, in CSS pixels. */
const REACH = 3;

/** @type {WeakMap<Contours, BoxXyxy>} */
const boxes = new WeakMap();

/**
 * Give the box around an outline, found once.
 *
 * @param {Contours} contours outline in image pixels
 * @returns {BoxXyxy} in image pixels
 */
export function boxOf(contours) {
  const known = boxes.get(contours);
  if (known) return known;
  const { points } = contours;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at]);
    right = Math.max(right, points[at]);
    top = Math.min(top, points[at + 1]);
    bottom = Math.max(bottom, points[at + 1]);
  }
  const box = /** @type {const} */ ([left, top, right, bottom]);
  boxes.set(contours, box);
  return box;
}

/**
 * Compare what a drawing shows with what it should show.
 *
 * @param {ReadonlyMap<Contours, string>} shown outline to its looks, bottom first
 * @param {ReadonlyMap<Contours, string>} wanted the same
 * @returns {{changed: Contours[], isOnTop: boolean} | null} what came, went or looks otherwise, and whether all of it came
 *   on top; null when masks that stay lie in another order
 */
export function changesOf(shown, wanted) {
  const keys = [...wanted.keys()];
  const staying = keys.filter((contours) => shown.has(contours));
  const before = [...shown.keys()];
  const stayed = before.filter((contours) => wanted.has(contours));
  if (staying.some((contours, at) => contours !== stayed[at])) return null;
  const altered = before.filter((contours) => shown.get(contours) !== wanted.get(contours));
  const added = keys.filter((contours) => !shown.has(contours));
  const isOnTop = altered.length === 0 && added[0] === keys[staying.length];
  return { changed: [...altered, ...added], isOnTop };
}

/**
 * Draw all masks again, but only within the boxes of some outlines. Where masks overlap this is as right as drawing all:
 * their order is kept, and what lay below a mask that went is seen.
 *
 * @param {Layer} layer shows masks already
 * @param {readonly MaskItem[]} masks all of them, bottom first
 * @param {readonly Contours[]} changed where
 * @param {Viewport} viewport with which they were drawn
 */
export function mendMasks(layer, masks, changed, viewport) {
  const { context, ratio } = layer;
  const { scale, offsetX, offsetY } = viewport;
  for (const contours of changed) {
    const [x0, y0, x1, y1] = boxOf(contours);
    // Whole pixels of the screen: the border of a clip that cuts through pixels would be seen as a line.
    const left = Math.floor((x0 * scale + offsetX - REACH) * ratio) / ratio;
    const top = Math.floor((y0 * scale + offsetY - REACH) * ratio) / ratio;
    const right = Math.ceil((x1 * scale + offsetX + REACH) * ratio) / ratio;
    const bottom = Math.ceil((y1 * scale + offsetY + REACH) * ratio) / ratio;
    const wide = (REACH + 1 / ratio + REACH) / scale;
    const near = /** @type {const} */ ([x0 - wide, y0 - wide, x1 + wide, y1 + wide]);
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.clearRect(left, top, right - left, bottom - top);
    drawMasks(
      layer,
      masks.filter((mask) => boxesOverlap(boxOf(mask.contours), near)),
      viewport,
    );
    context.restore();
  }
}
