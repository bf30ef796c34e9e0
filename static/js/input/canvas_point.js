/** Where a DOM event happened on the canvas. */

/** @import {CanvasPoint} from '../types.js' */

import { canvasPoint } from '../geometry/point.js';

/**
 * Find the place of a mouse event.
 *
 * @param {Element} element the canvas area
 * @param {{clientX: number, clientY: number}} event the event
 * @returns {CanvasPoint} in CSS pixels from the top left corner of the area
 */
export function canvasPointOf(element, event) {
  const { left, top } = element.getBoundingClientRect();
  return canvasPoint(event.clientX - left, event.clientY - top);
}
