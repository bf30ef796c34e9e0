/** Draws the clicks and the box of the open object, always in the same size on the screen. */

/** @import {BoxXyxy, CanvasPoint, ImagePoint, PromptPoint, Viewport} from '../types.js' */
/** @import {Layer} from './layer_canvas.js' */
/** @import {Scene} from './scene.js' */

import { imagePoint } from '../geometry/point.js';
import { imageToCanvas } from '../geometry/viewport.js';
import { drawHoverLabel } from './hover_label.js';

const RADIUS = 7;
const SIGN_LENGTH = 3.5;
const HALO = 'rgba(10, 11, 13, 0.75)';
const FOREGROUND = '#2f7bff';
const BACKGROUND = '#ff5a4f';
const PAPER = '#ffffff';

/**
 * Draw all prompts.
 *
 * @param {Layer} layer the layer, cleared here
 * @param {Pick<Scene, 'points' | 'box' | 'previewBox'> & {label?: {point: ImagePoint, predictedIou: number} | null}} prompts of
 *   the open object, and the label of the preview beside the pointer
 * @param {Viewport} viewport how the image is shown
 */
export function drawPromptLayer(layer, { points, box, previewBox, label }, viewport) {
  layer.clear();
  const { context } = layer;
  if (box) drawBox(context, box, viewport, []);
  if (previewBox) drawBox(context, previewBox, viewport, [5, 4]);
  for (const point of points) drawPoint(context, point, imageToCanvas(viewport, point));
  if (label) drawHoverLabel(layer, imageToCanvas(viewport, label.point), label.predictedIou);
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {BoxXyxy} box in image pixels
 * @param {Viewport} viewport how the image is shown
 * @param {number[]} dash pattern of the line
 */
function drawBox(context, [x0, y0, x1, y1], viewport, dash) {
  const a = imageToCanvas(viewport, imagePoint(x0, y0));
  const b = imageToCanvas(viewport, imagePoint(x1, y1));
  const [left, top] = [Math.round(a.x) + 0.5, Math.round(a.y) + 0.5];
  const [width, height] = [Math.round(b.x - a.x), Math.round(b.y - a.y)];
  context.setLineDash([]);
  context.strokeStyle = HALO;
  context.lineWidth = 3.5;
  context.strokeRect(left, top, width, height);
  context.setLineDash(dash);
  context.strokeStyle = PAPER;
  context.lineWidth = 1.5;
  context.strokeRect(left, top, width, height);
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {PromptPoint} point the click
 * @param {CanvasPoint} at where it is shown
 */
function drawPoint(context, point, at) {
  const onObject = point.label === 1;
  context.beginPath();
  context.arc(at.x, at.y, RADIUS + 2, 0, 2 * Math.PI);
  context.fillStyle = HALO;
  context.fill();
  context.beginPath();
  context.arc(at.x, at.y, RADIUS, 0, 2 * Math.PI);
  context.fillStyle = onObject ? FOREGROUND : 'rgba(20, 21, 24, 0.9)';
  context.fill();
  context.lineWidth = onObject ? 1.5 : 2.5;
  context.strokeStyle = onObject ? PAPER : BACKGROUND;
  context.stroke();
  drawSign(context, at, onObject);
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {CanvasPoint} at centre of the sign
 * @param {boolean} plus a plus, or a minus
 */
function drawSign(context, at, plus) {
  context.beginPath();
  context.moveTo(at.x - SIGN_LENGTH, at.y);
  context.lineTo(at.x + SIGN_LENGTH, at.y);
  if (plus) {
    context.moveTo(at.x, at.y - SIGN_LENGTH);
    context.lineTo(at.x, at.y + SIGN_LENGTH);
  }
  context.lineCap = 'round';
  context.lineWidth = 2;
  context.strokeStyle = PAPER;
  context.stroke();
}
