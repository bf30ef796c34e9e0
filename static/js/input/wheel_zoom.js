/** The wheel zooms at the pointer; a pinch on a track pad arrives as a wheel with Ctrl. */

/** @import {CanvasPoint} from '../types.js' */

import { canvasPointOf } from './canvas_point.js';

/** Zoom per wheel pixel, as an exponent: about 16 % for one notch of a mouse. */
const ZOOM_PER_PIXEL = 0.0015;
const PINCH_GAIN = 6;
const LINE_HEIGHT = 16;
const PAGE_HEIGHT = 400;

/**
 * Listen to the wheel over the canvas.
 *
 * @param {HTMLElement} element the canvas area
 * @param {(point: CanvasPoint, factor: number) => void} onZoom zoom around a point
 * @returns {() => void} stops listening
 */
export function listenToWheel(element, onZoom) {
  const onWheel = (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    onZoom(canvasPointOf(element, event), wheelFactor(event));
  };
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => element.removeEventListener('wheel', onWheel);
}

/**
 * Turn the movement of a wheel into a zoom factor.
 *
 * @param {{deltaY: number, deltaMode: number, ctrlKey: boolean}} event the wheel event
 * @returns {number} above 1 zooms in; between 0.5 and 2 whatever the device sends
 */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }) {
  const unit = [1, LINE_HEIGHT, PAGE_HEIGHT][deltaMode] ?? 1;
  const factor = Math.exp(-deltaY * unit * ZOOM_PER_PIXEL * (ctrlKey ? PINCH_GAIN : 1));
  return Math.min(2, Math.max(0.5, factor));
}
