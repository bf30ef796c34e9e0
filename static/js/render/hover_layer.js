/** Draws what the next click would do: lighter than a mask, dashed, and without any motion. */

/** @import {Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {HoverItem} from './scene.js' */

import { pathOf } from './contour_path.js';
import { inImageSpace } from './layer_canvas.js';

const HALO = 'rgba(10, 11, 13, 0.6)';
const OUTLINE_WIDTH = 1.5;
const HALO_WIDTH = 3;
const DASH = [6, 4];
const FILL = 0.24;

/** What the click would take away from the open object. */
const REMOVED = { color: '#ff5a4f', fill: 0.34 };

/** Larger than any image, in image pixels: turns a clip inside out. */
const EVERYWHERE = 1e6;

/**
 * Draw the preview.
 *
 * @param {Layer} layer the layer, cleared here
 * @param {HoverItem | null} hover null leaves the layer empty
 * @param {Viewport} viewport how the image is shown
 */
export function drawHoverLayer(layer, hover, viewport) {
  layer.clear();
  if (!hover || hover.mask.outline.ringStarts.length === 0) return;
  const { context } = layer;
  inImageSpace(context, viewport, () => {
    const path = pathOf(hover.mask.outline);
    if (hover.open) fillRemoved(context, path, pathOf(hover.open));
    context.globalAlpha = hover.open ? FILL / 2 : FILL;
    context.fillStyle = hover.color;
    context.fill(path, 'evenodd');
    context.globalAlpha = 1;
    strokeDashed(context, path, 1 / viewport.scale);
  });
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {Path2D} path of the preview
 * @param {Path2D} open of the object as it is
 */
function fillRemoved(context, path, open) {
  context.save();
  const beside = new Path2D();
  beside.rect(-EVERYWHERE, -EVERYWHERE, 3 * EVERYWHERE, 3 * EVERYWHERE);
  beside.addPath(path);
  context.clip(beside, 'evenodd');
  context.globalAlpha = REMOVED.fill;
  context.fillStyle = REMOVED.color;
  context.fill(open, 'evenodd');
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {Path2D} path of the preview
 * @param {number} pixel one CSS pixel, in image pixels
 */
function strokeDashed(context, path, pixel) {
  context.lineJoin = 'round';
  context.strokeStyle = HALO;
  context.lineWidth = HALO_WIDTH * pixel;
  context.setLineDash([]);
  context.stroke(path);
  context.strokeStyle = '#ffffff';
  context.lineWidth = OUTLINE_WIDTH * pixel;
  context.setLineDash(DASH.map((length) => length * pixel));
  context.stroke(path);
  context.setLineDash([]);
}
