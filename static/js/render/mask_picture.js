/**
 * Draws many masks from a picture of them: while the view moves, thousands of outlines are one image that is shifted. The
 * picture reaches beyond the canvas, and is drawn again when the view left it, came to rest at another zoom, or many masks
 * changed. Masks that are new on top are added to it.
 *
 * What is hovered or selected is drawn above the picture for every frame, so it must not lie in the picture too: it would
 * be filled twice, and stay at its old place while it is dragged. Its place is mended when it is raised, which costs what
 * lies there, and once; to cut its shape out of every frame would cut its neighbours too. A large one would cost nearly
 * all masks, whenever the pointer crosses it. It stays in the picture until it is dragged, and gets above it only what its
 * fill lacks.
 */

/** @import {BoxXyxy, Contours, Size, Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {MaskItem} from './scene.js' */

import { boxAround } from '../geometry/box.js';
import { createLayer } from './layer_canvas.js';
import { drawMaskLayer, drawMasks, overItself } from './mask_layer.js';
import { boxOf, changesOf, mendMasks } from './mask_repair.js';

/** Up to here all masks are drawn for every frame: so many, with so many corners together. A corner takes about a microsecond. */
const FEW = { masks: 300, corners: 40_000 };
/** How far the picture reaches beyond the canvas on each side, as a part of it. */
const MARGIN = 0.5;
/** How long the zoom must rest before a scaled picture is drawn anew, in milliseconds. */
const REST_MS = 120;
/** How much of the picture is left behind an open object. */
const BEHIND = 0.55;
/** More places are not mended one by one. */
const MOST_PLACES = 100;
/** Proposals have no place among the kept masks, and lie above them. */
const OFFERED = Number.MAX_SAFE_INTEGER;
/** What is drawn above the picture. */
const RAISED = /** @type {ReadonlySet<MaskItem['look']>} */ (new Set(['hovered', 'selected', 'open']));

/**
 * @typedef {object} Picture
 * @property {Viewport} viewport with which they were drawn, from the corner of the canvas
 * @property {Map<Contours, string>} shown outline to colour, pattern and opacity, bottom first
 * @property {boolean} isMendable whether every outline is there once
 */

/**
 * @typedef {object} Sorted
 * @property {readonly MaskItem[]} masks all of them
 * @property {MaskItem[]} base what the picture shows, in the order in which it lies when nothing is done to it
 * @property {MaskItem[]} raised what is drawn above the picture
 * @property {number} opacity of the picture
 * @property {boolean} isLight whether all can be drawn for every frame
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
  let sorted = /** @type {Sorted} */ ({ masks: [], base: [], raised: [], opacity: 1, isLight: true });
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
    const shown = shownBy(masks);
    return { viewport: shifted, shown, isMendable: shown.size === masks.length };
  };
  /** @type {(masks: MaskItem[], viewport: Viewport) => Picture} */
  const pictureFor = (masks, viewport) => {
    if (!picture || !layer || !isMended(picture, masks, layer)) return render(masks, viewport);
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
      const { base, raised, opacity, isLight } = sorted;
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
      shown.context.globalAlpha = opacity;
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
const atRest = ({ contours, color, pattern, fade, look }) => {
  return { contours, color, pattern, fade, look: look === 'proposal' ? look : 'kept' };
};

/** @type {(picture: Picture, masks: MaskItem[], layer: Layer) => boolean} false when all must be drawn again */
function isMended(picture, masks, layer) {
  const wanted = shownBy(masks);
  const changes = picture.isMendable && wanted.size === masks.length && changesOf(picture.shown, wanted);
  if (!changes) return false;
  const { changed, isOnTop } = changes;
  // Places that are many, or together as large as the whole, would cost as much as the whole.
  if (!isOnTop && (changed.length > MOST_PLACES || partOf(changed, extentOf(masks)) >= 1)) return false;
  if (isOnTop) drawMasks(layer, masks.slice(masks.length - changed.length).map(atRest), picture.viewport);
  else mendMasks(layer, masks.map(atRest), changed, picture.viewport);
  picture.shown = wanted;
  return true;
}

/** @type {(mask: MaskItem) => string} */
const tintOf = ({ color, pattern = 'plain', fade = 1, look }) =>
  `${color} ${pattern} ${fade} ${look === 'proposal' ? look : 'kept'}`;

/** @type {(masks: readonly MaskItem[]) => Map<Contours, string>} */
const shownBy = (masks) => new Map(masks.map((mask) => [mask.contours, tintOf(mask)]));

/** @type {(masks: readonly MaskItem[]) => Sorted} */
function sort(masks) {
  const kept = masks.filter(({ look }) => look !== 'open');
  const above = masks.filter(({ look }) => RAISED.has(look));
  if (areFew(kept)) return { masks, base: kept, raised: above, opacity: 1, isLight: true };
  const opacity = kept.some(({ look }) => look === 'behind') ? BEHIND : 1;
  const staying = stayingOf(above, kept);
  const base = kept
    .filter((mask) => !RAISED.has(mask.look) || staying.has(mask))
    .sort((a, b) => (a.level ?? OFFERED) - (b.level ?? OFFERED));
  const raised = above.map((mask) => (staying.has(mask) ? overItself(mask, opacity) : mask));
  return { masks, base, raised, opacity, isLight: false };
}

/** @type {(raised: MaskItem[], all: MaskItem[]) => Set<MaskItem>} the large ones: these stay in the picture */
function stayingOf(raised, all) {
  const able = raised.filter(({ level, shift }) => level !== undefined && !shift);
  const extent = able.length > 0 ? extentOf(all) : 0;
  const corners = able.length > 0 ? cornersOf(all) : 0;
  return new Set(able.filter(({ contours }) => partOf([contours], extent) * corners > FEW.corners));
}

/** @type {(outlines: Contours[], extent: number) => number} how much of the whole their boxes are, together */
function partOf(outlines, extent) {
  return outlines.reduce((sum, contours) => sum + sizeOf(boxOf(contours)), 0) / extent;
}

/** @type {(masks: readonly MaskItem[]) => number} size of the box around all, in square pixels of the image; never 0 */
const extentOf = (masks) =>
  Math.max(1, sizeOf(boxAround(masks.map(({ contours }) => boxOf(contours))) ?? [0, 0, 0, 0]));

/** @type {(box: BoxXyxy) => number} */
const sizeOf = ([left, top, right, bottom]) => (right - left) * (bottom - top);

/** @type {(masks: readonly MaskItem[]) => number} */
const cornersOf = (masks) => masks.reduce((sum, { contours }) => sum + contours.points.length / 2, 0);

/** @type {(masks: readonly MaskItem[]) => boolean} */
const areFew = (masks) => masks.length <= FEW.masks && cornersOf(masks) <= FEW.corners;

/** @type {(picture: Viewport, view: Viewport, area: Size) => boolean} whether the canvas lies on the picture */
function covers(picture, view, { width, height }) {
  const [dx, dy] = [view.offsetX - picture.offsetX, view.offsetY - picture.offsetY];
  return dx <= 0 && dy <= 0 && dx >= -2 * MARGIN * width && dy >= -2 * MARGIN * height;
}
