/** Writes the predicted IoU of the preview beside the pointer. */

/** @import {CanvasPoint} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */

import { decimal } from '../texts/texts.js';

const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
const OFFSET = { x: 16, y: 18 };
const PADDING = 6;
const HEIGHT = 20;
const RADIUS = 6;

/**
 * Write the label.
 *
 * @param {Layer} layer drawn upon
 * @param {CanvasPoint} at where the click would be
 * @param {number} predictedIou what the decoder expects of the mask
 */
export function drawHoverLabel({ context }, at, predictedIou) {
  const text = decimal(Math.min(Math.max(predictedIou, 0), 1), 2);
  context.font = FONT;
  context.textBaseline = 'middle';
  const width = context.measureText(text).width + 2 * PADDING;
  const [left, top] = [Math.round(at.x + OFFSET.x), Math.round(at.y + OFFSET.y)];
  context.beginPath();
  context.roundRect(left, top, width, HEIGHT, RADIUS);
  context.fillStyle = 'rgba(20, 21, 24, 0.82)';
  context.fill();
  context.fillStyle = '#e7e9ec';
  context.fillText(text, left + PADDING, top + HEIGHT / 2 + 0.5);
}
