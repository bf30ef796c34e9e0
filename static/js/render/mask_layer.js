/** Draws masks: a transparent fill and a crisp outline, both from the exact pixel edges. */

/** @import {Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {MaskItem} from './scene.js' */

import { pathOf } from './contour_path.js';
import { inImageSpace } from './layer_canvas.js';
import { patternFill } from './pattern_fill.js';

const HALO = 'rgba(10, 11, 13, 0.65)';
const OUTLINE_WIDTH = 1.5;
const HALO_WIDTH = 3.5;

const NO_SHIFT = { dx: 0, dy: 0 };

/** @type {Record<MaskItem['look'], {fill: number, outline: string | null, dash: number[]}>} */
const LOOKS = {
  kept: { fill: 0.38, outline: null, dash: [] },
  proposal: { fill: 0.07, outline: null, dash: [] },
  behind: { fill: 0.2, outline: null, dash: [] },
  selected: { fill: 0.5, outline: '#ffffff', dash: [] },
  hovered: { fill: 0.52, outline: '#ffffff', dash: [5, 4] },
  open: { fill: 0.42, outline: '#ffffff', dash: [] },
};

/**
 * Draw all masks.
 *
 * @param {Layer} layer the layer, cleared here
 * @param {readonly MaskItem[]} masks bottom first
 * @param {Viewport} viewport how the image is shown
 */
export function drawMaskLayer(layer, masks, viewport) {
  layer.clear();
  drawMasks(layer, masks, viewport);
}

/**
 * Draw masks above what the layer shows already.
 *
 * @param {Layer} layer the layer
 * @param {readonly MaskItem[]} masks bottom first
 * @param {Viewport} viewport how the image is shown
 */
export function drawMasks(layer, masks, viewport) {
  const { context, ratio } = layer;
  const screen = { scale: viewport.scale, ratio };
  inImageSpace(context, viewport, () => {
    context.lineJoin = 'round';
    for (const mask of masks) {
      const { dx, dy } = mask.shift ?? NO_SHIFT;
      context.translate(dx, dy);
      drawMask(context, mask, screen);
      context.translate(-dx, -dy);
    }
  });
}

/**
 * Give a mask that is drawn above its own resting fill the opacity that it still lacks: both together look as if it were
 * filled once.
 *
 * @param {MaskItem} mask that stands out
 * @param {number} part how much of the resting fill is seen, 0 to 1
 * @returns {MaskItem} what to draw above it
 */
export function overItself(mask, part) {
  const { fade = 1, look } = mask;
  const below = part * Math.min(1, LOOKS.kept.fill * fade);
  const wanted = Math.min(1, LOOKS[look].fill * fade);
  const missing = below < wanted ? 1 - (1 - wanted) / (1 - below) : 0;
  return { ...mask, fade: missing / LOOKS[look].fill };
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {MaskItem} mask the mask
 * @param {{scale: number, ratio: number}} screen CSS pixels per image pixel, and pixels of the screen per CSS pixel
 */
function drawMask(context, { contours, color, pattern = 'plain', look, fade = 1 }, screen) {
  const path = pathOf(contours);
  const { fill, outline, dash } = LOOKS[look];
  const pixel = 1 / screen.scale;
  const opacity = Math.min(1, fill * fade);
  context.globalAlpha = pattern === 'plain' ? opacity : 1;
  context.fillStyle = pattern === 'plain' ? color : patternFill({ pattern, color, opacity }, screen);
  context.fill(path, 'evenodd');
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.strokeStyle = HALO;
  context.lineWidth = HALO_WIDTH * pixel;
  context.stroke(path);
  context.setLineDash(dash.map((length) => length * pixel));
  context.strokeStyle = outline ?? color;
  context.lineWidth = OUTLINE_WIDTH * pixel;
  context.stroke(path);
}
