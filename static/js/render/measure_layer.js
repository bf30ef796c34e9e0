/** Draws the grid and what is measured, in CSS pixels over the image. */

/** @import {Measure} from '../look_types.js' */
/** @import {Size, Viewport} from '../types.js' */

import { imageToCanvas } from '../geometry/viewport.js';
import { gridStep } from '../state/looks.js';
import { decimal } from '../texts/texts.js';

const LINE = '#ffffff';
const HALO = 'rgba(10, 11, 13, 0.75)';
/** Light over dark, so that the lines are seen on any photograph and stay behind it. */
const GRID = [
  { style: 'rgba(10, 11, 13, 0.28)', shift: 1 },
  { style: 'rgba(255, 255, 255, 0.3)', shift: 0 },
];
const TICK = 5;
const FONT = '600 12px system-ui, sans-serif';

/**
 * Draw the lines of a grid.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Size} image in image pixels
 * @param {Size} canvas in CSS pixels
 * @param {Viewport} viewport how the image is shown
 */
export function drawGrid(context, image, canvas, viewport) {
  const step = gridStep(viewport.scale);
  const { scale, offsetX, offsetY } = viewport;
  const [left, right] = [Math.max(0, offsetX), Math.min(canvas.width, offsetX + image.width * scale)];
  const [top, bottom] = [Math.max(0, offsetY), Math.min(canvas.height, offsetY + image.height * scale)];
  const first = (/** @type {number} */ offset) => Math.max(1, Math.ceil(-offset / scale / step)) * step;
  context.lineWidth = 1;
  for (const { style, shift } of GRID) {
    context.strokeStyle = style;
    context.beginPath();
    for (let x = first(offsetX); x < image.width && offsetX + x * scale <= right; x += step) {
      const at = Math.round(offsetX + x * scale) + 0.5 + shift;
      context.moveTo(at, top);
      context.lineTo(at, bottom);
    }
    for (let y = first(offsetY); y < image.height && offsetY + y * scale <= bottom; y += step) {
      const at = Math.round(offsetY + y * scale) + 0.5 + shift;
      context.moveTo(left, at);
      context.lineTo(right, at);
    }
    context.stroke();
  }
}

/**
 * Draw a distance with its numbers.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Measure} measure what is measured
 * @param {Viewport} viewport how the image is shown
 */
export function drawMeasure(context, measure, viewport) {
  const [from, to] = [imageToCanvas(viewport, measure.from), imageToCanvas(viewport, measure.to)];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const across = { x: (-(to.y - from.y) / length) * TICK, y: ((to.x - from.x) / length) * TICK };
  context.setLineDash([]);
  for (const [style, width] of /** @type {const} */ ([
    [HALO, 3.5],
    [LINE, 1.5],
  ])) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    for (const end of [from, to]) {
      context.moveTo(end.x - across.x, end.y - across.y);
      context.lineTo(end.x + across.x, end.y + across.y);
    }
    context.stroke();
  }
  context.font = FONT;
  context.lineJoin = 'round';
  const text = measureText(measure);
  const [x, y] = [(from.x + to.x) / 2 + 10, (from.y + to.y) / 2 - 10];
  context.strokeStyle = HALO;
  context.lineWidth = 4;
  context.strokeText(text, x, y);
  context.fillStyle = LINE;
  context.fillText(text, x, y);
}

/**
 * Say how far apart two places are.
 *
 * @param {Measure} measure the places
 * @returns {string} the distance, then width and height of the box between them, in image pixels
 */
export function measureText({ from, to }) {
  const [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  return `${decimal(Math.hypot(width, height), 1)} px  (${decimal(width, 1)} × ${decimal(height, 1)})`;
}
