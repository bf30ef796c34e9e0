/** Draws the photograph. */

/** @import {Size, Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {PyramidLevel} from './image_pyramid.js' */

import { levelFor } from './image_pyramid.js';
import { inImageSpace } from './layer_canvas.js';

/** From this zoom on single pixels are shown as squares. */
const PIXELATED_FROM = 2;

/**
 * Draw the photograph.
 *
 * @param {Layer} layer the layer, cleared here
 * @param {readonly PyramidLevel[]} levels the photograph and its smaller copies; none while it is loading
 * @param {Size} size of the photograph
 * @param {{viewport: Viewport, pixelRatio: number}} view how it is shown
 */
export function drawImageLayer(layer, levels, size, { viewport, pixelRatio }) {
  layer.clear();
  const level = levelFor(levels, viewport.scale * pixelRatio);
  if (!level) return;
  const { context } = layer;
  context.imageSmoothingEnabled = viewport.scale < PIXELATED_FROM;
  context.imageSmoothingQuality = viewport.scale < 1 ? 'high' : 'medium';
  inImageSpace(context, viewport, () => context.drawImage(level.source, 0, 0, size.width, size.height));
}
