/** The wheel zooms at the pointer, and with Alt walks; a pinch on a track pad arrives as a wheel with Ctrl. */

/** @import {CanvasPoint} from '../types.js' */

import { canvasPointOf } from './canvas_point.js';

/** Zoom per wheel pixel, as an exponent: about 16 % for one notch of a mouse. */
const ZOOM_PER_PIXEL = 0.0015;
const PINCH_GAIN = 6;
const LINE_HEIGHT = 16;
const PAGE_HEIGHT = 400;

/** How far a wheel turns for one step through a list, in wheel pixels. */
const STEP_PIXELS = 60;

/**
 * Listen to the wheel over the canvas.
 *
 * @param {HTMLElement} element the canvas area
 * @param {object} options what the wheel does
 * @param {(point: CanvasPoint, factor: number) => void} options.onZoom zoom around a point
 * @param {(step: 1 | -1) => void} options.onStep with Alt: one step on or back
 * @returns {() => void} stops listening
 */
export function listenToWheel(element, { onZoom, onStep }) {
  let turned = 0;
  const onWheel = (/** @type {WheelEvent} */ event) => {
    event.preventDefault();
    if (event.altKey) {
      turned += wheelPixels(event);
      if (Math.abs(turned) < STEP_PIXELS) return;
      onStep(turned > 0 ? 1 : -1);
      turned = 0;
      return;
    }
    turned = 0;
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
  const factor = Math.exp(-wheelPixels({ deltaY, deltaMode }) * ZOOM_PER_PIXEL * (ctrlKey ? PINCH_GAIN : 1));
  return Math.min(2, Math.max(0.5, factor));
}

/** @type {(event: {deltaY: number, deltaMode: number}) => number} */
const wheelPixels = ({ deltaY, deltaMode }) => deltaY * ([1, LINE_HEIGHT, PAGE_HEIGHT][deltaMode] ?? 1);
