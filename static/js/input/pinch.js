/** Two fingers on the canvas: pan and zoom together. */

/** @import {CanvasPoint} from '../types.js' */

import { canvasPointOf } from './canvas_point.js';
import { canvasPoint } from '../geometry/point.js';

/**
 * Follow touches.
 *
 * @param {(from: CanvasPoint, to: CanvasPoint, factor: number) => void} onPinch the middle of the fingers moved, and
 *   their distance grew by a factor
 * @returns {{press: (element: Element, event: PointerEvent) => boolean,
 *   move: (element: Element, event: PointerEvent) => boolean, release: (event: PointerEvent) => boolean}} each is true
 *   when the event belongs to a pinch, and not to a tool
 */
export function createPinch(onPinch) {
  /** @type {Map<number, CanvasPoint>} */
  const fingers = new Map();
  let pinching = false;

  return {
    press(element, event) {
      if (event.pointerType !== 'touch') return false;
      fingers.set(event.pointerId, canvasPointOf(element, event));
      pinching = fingers.size >= 2;
      return pinching;
    },
    move(element, event) {
      if (!fingers.has(event.pointerId)) return false;
      const before = spanOf([...fingers.values()]);
      fingers.set(event.pointerId, canvasPointOf(element, event));
      const after = spanOf([...fingers.values()]);
      if (before && after) onPinch(before.middle, after.middle, after.distance / Math.max(before.distance, 1));
      return pinching;
    },
    release(event) {
      fingers.delete(event.pointerId);
      const was = pinching;
      if (fingers.size === 0) pinching = false;
      return was;
    },
  };
}

/**
 * @param {CanvasPoint[]} points where the fingers are
 * @returns {{middle: CanvasPoint, distance: number} | null} null for fewer than two fingers
 */
function spanOf([a, b]) {
  if (!a || !b) return null;
  return { middle: canvasPoint((a.x + b.x) / 2, (a.y + b.y) / 2), distance: Math.hypot(a.x - b.x, a.y - b.y) };
}
