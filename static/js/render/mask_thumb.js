/** Small pictures of masks for lists: the object on its part of the photograph. */

/** @import {BoxXywh, Contours, Size} from '../types.js' */
/** @import {PyramidLevel} from './image_pyramid.js' */

import { pathOf } from './contour_path.js';
import { levelFor } from './image_pyramid.js';

/**
 * @typedef {object} Photo
 * @property {readonly PyramidLevel[]} levels the photograph and its smaller copies
 * @property {Size} size of the photograph
 */

/** Free space around the object, as a part of its longer side. */
const MARGIN = 0.12;

/**
 * Draw one object; an empty mask shows the whole photograph.
 *
 * @param {HTMLCanvasElement} canvas filled completely
 * @param {object} object what to show
 * @param {Contours} object.contours its outline
 * @param {BoxXywh} object.bbox its box, in image pixels
 * @param {string} object.color of its class
 * @param {Photo} photo the photograph that it lies on
 */
export function drawMaskThumb(canvas, { contours, bbox, color }, { levels, size }) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const isEmpty = bbox[2] === 0;
  const [x, y, width, height] = isEmpty ? [0, 0, size.width, size.height] : bbox;
  const side = Math.max(width, height) * (1 + 2 * MARGIN);
  const scale = canvas.width / side;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, (side / 2 - x - width / 2) * scale, (side / 2 - y - height / 2) * scale);
  const level = levelFor(levels, scale);
  if (level) context.drawImage(level.source, 0, 0, size.width, size.height);
  if (isEmpty) return;
  const path = pathOf(contours);
  context.fillStyle = color;
  context.globalAlpha = level ? 0.4 : 1;
  context.fill(path, 'evenodd');
  context.globalAlpha = 1;
  context.strokeStyle = color;
  context.lineWidth = 2 / scale;
  context.lineJoin = 'round';
  context.stroke(path);
}
