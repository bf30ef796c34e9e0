/** Draws readings on a 2d canvas: an outline traced in the logits, filled and stroked. */

/** @import {MaskReading, SmoothOutline} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {ReadingItem} from './scene.js' */
/** @import {ReadingLayer} from './reading_layer.js' */

import { outlineOfLogits } from '../masks/isoline.js';
import { pathOf } from './contour_path.js';
import { inImageSpace } from './layer_canvas.js';
import { LOOKS } from './reading_looks.js';
import { paintUncertainty } from './uncertainty.js';

const HALO = 'rgba(10, 11, 13, 0.62)';
const OUTLINE_WIDTH = 1.5;
const HALO_WIDTH = 3.5;
const DASH = [6, 4];

/** What a click would take away from the open object. */
const REMOVED = { color: '#ff5a4f', fill: 0.22, hatch: 0.55, gap: 7 };

/** Larger than any image, in image pixels: turns a clip inside out. */
const EVERYWHERE = 1e6;

/** @type {WeakMap<Float32Array, {threshold: number, outline: SmoothOutline}>} */
const traced = new WeakMap();

/**
 * Trace the outline of a reading, once per threshold.
 *
 * @param {Pick<MaskReading, 'logits' | 'side' | 'placement'>} mask the reading
 * @param {number} threshold where inside begins
 * @returns {SmoothOutline} in image pixels
 */
export function outlineOf({ logits, side, placement }, threshold) {
  const known = traced.get(logits);
  if (known?.threshold === threshold) return known.outline;
  const outline = outlineOfLogits(logits, side, { ...placement, threshold });
  traced.set(logits, { threshold, outline });
  return outline;
}

/**
 * Make the layer.
 *
 * @param {Layer} layer the canvas
 * @returns {ReadingLayer} the layer
 */
export function createCanvasLayer(layer) {
  return {
    kind: 'canvas',
    resize: layer.resize,
    draw(items, viewport) {
      layer.clear();
      inImageSpace(layer.context, viewport, () => {
        for (const item of items) drawItem(layer.context, item, 1 / viewport.scale);
      });
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {ReadingItem} item what is drawn
 * @param {number} pixel one CSS pixel, in image pixels
 */
function drawItem(context, item, pixel) {
  const { mask, over, look, color } = item;
  const path = pathOf(outlineOf(mask, item.threshold));
  const { fill, dashed } = LOOKS[look];
  if (over)
    fillRemoved(context, path, pathOf(outlineOf({ ...over, placement: mask.placement }, over.threshold)), pixel);
  context.globalAlpha = over ? fill / 2 : fill;
  context.fillStyle = color;
  context.fill(path, 'evenodd');
  context.globalAlpha = 1;
  if (item.uncertain) paintUncertainty(context, mask, item.threshold);
  strokeOutline(context, path, pixel, dashed ? DASH : []);
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {Path2D} path of the reading
 * @param {Path2D} open of the object as it is
 * @param {number} pixel one CSS pixel, in image pixels
 */
function fillRemoved(context, path, open, pixel) {
  context.save();
  const beside = new Path2D();
  beside.rect(-EVERYWHERE, -EVERYWHERE, 3 * EVERYWHERE, 3 * EVERYWHERE);
  beside.addPath(path);
  context.clip(beside, 'evenodd');
  context.fillStyle = REMOVED.color;
  context.globalAlpha = REMOVED.fill;
  context.fill(open, 'evenodd');
  context.clip(open, 'evenodd');
  context.globalAlpha = REMOVED.hatch;
  context.fill(hatchOver(context, REMOVED.gap * pixel));
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels, clipped to what is hatched
 * @param {number} gap from stripe to stripe along a row, in image pixels
 * @returns {Path2D} diagonal stripes over all that is visible
 */
function hatchOver(context, gap) {
  const { width, height } = context.canvas;
  const toImage = context.getTransform().inverse();
  const [start, end] = [toImage.transformPoint({ x: 0, y: 0 }), toImage.transformPoint({ x: width, y: height })];
  const stripes = new Path2D();
  const tall = end.y - start.y;
  const first = Math.floor((start.x + start.y) / gap) * gap - start.y;
  for (let x = first; x < end.x + tall; x += gap) {
    stripes.moveTo(x, start.y);
    stripes.lineTo(x + gap / 2, start.y);
    stripes.lineTo(x + gap / 2 - tall, end.y);
    stripes.lineTo(x - tall, end.y);
    stripes.closePath();
  }
  return stripes;
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {Path2D} path of the reading
 * @param {number} pixel one CSS pixel, in image pixels
 * @param {readonly number[]} dash in CSS pixels
 */
function strokeOutline(context, path, pixel, dash) {
  context.lineJoin = 'round';
  context.strokeStyle = HALO;
  context.lineWidth = HALO_WIDTH * pixel;
  context.setLineDash([]);
  context.stroke(path);
  context.strokeStyle = '#ffffff';
  context.lineWidth = OUTLINE_WIDTH * pixel;
  context.setLineDash(dash.map((length) => length * pixel));
  context.stroke(path);
  context.setLineDash([]);
}
