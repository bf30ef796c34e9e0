/**
 * Draws many masks from a picture of them: while the view moves, thousands of outlines are one image that is shifted. The
 * picture reaches beyond the canvas, and is drawn again when the view left it, came to rest at another zoom, or a mask
 * changed. Masks that are new on top are added to it.
 */

/** @import {Contours, Size, Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {MaskItem} from './scene.js' */

import { createLayer } from './layer_canvas.js';
import { drawMaskLayer, drawMasks } from './mask_layer.js';

/** Up to here all masks are drawn for every frame: so many, with so many corners together. A corner takes about a microsecond. */
const FEW = { masks: 300, corners: 40_000 };
/** How far the picture reaches beyond the canvas on each side, as a part of it. */
const MARGIN = 0.5;
/** How long the zoom must rest before a scaled picture is drawn anew, in milliseconds. */
const REST_MS = 120;
/** How much of the picture is left behind an open object. */
const BEHIND = 0.55;
/** What is drawn again above the picture. */
const RAISED = /** @type {ReadonlySet<MaskItem['look']>} */ (new Set(['hovered', 'selected', 'open']));

/**
 * @typedef {object} Picture
 * @property {Viewport} viewport with which they were drawn, from the corner of the canvas
 * @property {Map<Contours, string>} shown outline to colour, pattern and opacity
 */

/**
 * @typedef {object} Sorted
 * @property {readonly MaskItem[]} masks all of them
 * @property {MaskItem[]} base the kept ones, which the picture shows
 * @property {MaskItem[]} raised what is drawn above the picture
 * @property {boolean} isLight whether the kept ones can be drawn for every frame
 */

/**
 * @typedef {object} MaskPicture
 * @property {(layer: Layer, masks: MaskItem[], viewport: Viewport) => void} draw draws the masks, bottom first
 * @property {(size: Size, pixelRatio: number) => void} resize the canvas area got another size, in CSS pixels
 */

/**
 * Make the picture.
 *
 * @param {object} parts what it works with
 * @param {() => void} parts.onRest asks for a frame, to draw the picture anew
 * @param {() => HTMLCanvasElement} [parts.makeCanvas] gives a canvas of its own
 * @returns {MaskPicture} the picture
 */
export function createMaskPicture({ onRest, makeCanvas = () => document.createElement('canvas') }) {
  const canvas = makeCanvas();
  /** @type {Picture | null} */
  let picture = null;
  let sorted = /** @type {Sorted} */ ({ masks: [], base: [], raised: [], isLight: true });
  let area = { width: 1, height: 1, ratio: 1 };
  /** @type {Layer | null} made when there are many for the first time */
  let layer = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;

  /** @type {(masks: MaskItem[], viewport: Viewport) => Picture} */
  const render = (masks, viewport) => {
    layer ??= createLayer(canvas);
    const [dx, dy] = [MARGIN * area.width, MARGIN * area.height];
    layer.resize({ width: area.width + 2 * dx, height: area.height + 2 * dy }, area.ratio);
    const shifted = { ...viewport, offsetX: viewport.offsetX + dx, offsetY: viewport.offsetY + dy };
    drawMaskLayer(layer, masks.map(atRest), shifted);
    return { viewport: shifted, shown: new Map(masks.map((mask) => [mask.contours, tintOf(mask)])) };
  };
  /** @type {(masks: MaskItem[], viewport: Viewport) => Picture} */
  const pictureFor = (masks, viewport) => {
    const added = picture && addedTo(picture, masks);
    if (!picture || !layer || !added) return render(masks, viewport);
    drawMasks(layer, added.map(atRest), picture.viewport);
    for (const mask of added) picture.shown.set(mask.contours, tintOf(mask));
    return placed(picture, masks, viewport);
  };
  /** @type {(picture: Picture, masks: MaskItem[], viewport: Viewport) => Picture} */
  const placed = (present, masks, viewport) => {
    const { viewport: drawn } = present;
    if (drawn.scale === viewport.scale) return covers(drawn, viewport, area) ? present : render(masks, viewport);
    // While the zoom changes the picture is only scaled; it is drawn anew when it rests.
    rest = setTimeout(() => {
      picture = null;
      onRest();
    }, REST_MS);
    return present;
  };

  return {
    draw(shown, masks, viewport) {
      clearTimeout(rest);
      const isKnown = masks === sorted.masks;
      if (!isKnown) sorted = sort(masks);
      const { base, raised, isLight } = sorted;
      if (isLight) {
        drawMaskLayer(shown, masks, viewport);
        return;
      }
      picture = picture && isKnown ? placed(picture, base, viewport) : pictureFor(base, viewport);
      shown.clear();
      const factor = viewport.scale / picture.viewport.scale;
      const left = viewport.offsetX - picture.viewport.offsetX * factor;
      const top = viewport.offsetY - picture.viewport.offsetY * factor;
      const size = factor * (1 + 2 * MARGIN);
      shown.context.globalAlpha = base[0].look === 'behind' ? BEHIND : 1;
      shown.context.drawImage(canvas, left, top, area.width * size, area.height * size);
      shown.context.globalAlpha = 1;
      drawMasks(shown, raised, viewport);
    },
    resize(size, ratio) {
      area = { ...size, ratio };
      picture = null;
    },
  };
}

/** @type {(mask: MaskItem) => MaskItem} as it looks when nothing is done to it */
const atRest = ({ contours, color, pattern, fade }) => ({ contours, color, pattern, fade, look: 'kept' });

/** @type {(mask: MaskItem) => string} */
const tintOf = ({ color, pattern = 'plain', fade = 1 }) => `${color} ${pattern} ${fade}`;

/** @type {(masks: readonly MaskItem[]) => Sorted} */
function sort(masks) {
  const base = masks.filter(({ look }) => look !== 'open');
  return { masks, base, raised: masks.filter(({ look }) => RAISED.has(look)), isLight: areFew(base) };
}

/** @type {(masks: readonly MaskItem[]) => boolean} */
function areFew(masks) {
  if (masks.length > FEW.masks) return false;
  return masks.reduce((sum, { contours }) => sum + contours.points.length / 2, 0) <= FEW.corners;
}

/** @type {(picture: Picture, masks: MaskItem[]) => MaskItem[] | null} what is missing on top; null when the picture is wrong */
function addedTo({ shown }, masks) {
  /** @type {MaskItem[]} */
  const added = [];
  for (const mask of masks) {
    const tint = shown.get(mask.contours);
    if (tint === undefined) added.push(mask);
    else if (tint !== tintOf(mask)) return null;
    // What lies below a mask that is there already cannot be added; raised ones leave their place in the order.
    else if (added.length > 0 && !RAISED.has(mask.look)) return null;
  }
  return masks.length - added.length === shown.size ? added : null;
}

/** @type {(picture: Viewport, view: Viewport, area: Size) => boolean} whether the canvas lies on the picture */
function covers(picture, view, { width, height }) {
  const [dx, dy] = [view.offsetX - picture.offsetX, view.offsetY - picture.offsetY];
  return dx <= 0 && dy <= 0 && dx >= -2 * MARGIN * width && dy >= -2 * MARGIN * height;
}
