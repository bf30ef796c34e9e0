/** Pointer events of the canvas into tool events; two fingers pan and zoom instead. */

/** @import {CanvasPoint, ImagePoint} from '../types.js' */
/** @import {ToolDriver} from '../tools/tool_driver.js' */
/** @import {ToolEvent} from '../tools/tool_types.js' */

import { createPalmGuard } from './palm_guard.js';
import { createPinch } from './pinch.js';
import { canvasPointOf } from './canvas_point.js';

/** Longest pause between the clicks of a double click, in milliseconds, and how far apart they may be, in pixels. */
const DOUBLE_CLICK = { pause: 350, distance: 6 };

/**
 * Listen to the pointers over the canvas.
 *
 * @param {HTMLElement} element the canvas area
 * @param {object} options what pointers do
 * @param {ToolDriver} options.driver gets the tool events
 * @param {(point: CanvasPoint) => ImagePoint | null} options.toImage null while there is no image
 * @param {(point: ImagePoint | null) => void} options.onHover where the pointer is; null when it left
 * @param {(from: CanvasPoint, to: CanvasPoint, factor: number) => void} options.onPinch two fingers moved
 * @returns {() => void} stops listening
 */
export function listenToPointers(element, { driver, toImage, onHover, onPinch }) {
  const countClick = createClickCounter();
  const pinch = createPinch(onPinch);
  const isPalm = createPalmGuard();
  let clickCount = 1;

  /** @type {(event: PointerEvent) => ToolEvent | null} */
  const toToolEvent = (event) => {
    const canvas = canvasPointOf(element, event);
    const image = toImage(canvas);
    return image && toolEvent(event, canvas, image, clickCount);
  };
  const updateCursor = () => {
    element.style.cursor = driver.cursor();
  };

  const handlers = {
    pointerdown(/** @type {PointerEvent} */ event) {
      if (isPalm(event)) return;
      element.setPointerCapture(event.pointerId);
      if (event.button === 1) event.preventDefault();
      if (pinch.press(element, event)) {
        driver.interrupt();
        return;
      }
      clickCount = countClick(event);
      const press = toToolEvent(event);
      if (press) driver.press(press);
      updateCursor();
    },
    pointermove(/** @type {PointerEvent} */ event) {
      if (isPalm(event) || pinch.move(element, event)) return;
      const moves = stepsOf(event, driver.isActing()).flatMap((step) => toToolEvent(step) ?? []);
      // The image sticks to the hand that drags it, so the place under the pointer stays the same.
      if (!driver.isPanning()) onHover(moves.at(-1)?.image ?? null);
      for (const move of moves) driver.move(move);
      updateCursor();
    },
    pointerup(/** @type {PointerEvent} */ event) {
      if (isPalm(event) || pinch.release(event)) return;
      const release = toToolEvent(event);
      if (release) driver.release(release);
      updateCursor();
    },
    pointercancel(/** @type {PointerEvent} */ event) {
      if (isPalm(event)) return;
      pinch.release(event);
      driver.interrupt();
    },
    pointerleave: () => onHover(null),
    contextmenu: (/** @type {Event} */ event) => event.preventDefault(),
  };
  for (const [type, handler] of Object.entries(handlers)) {
    element.addEventListener(type, /** @type {EventListener} */ (handler));
  }
  return () => {
    for (const [type, handler] of Object.entries(handlers)) {
      element.removeEventListener(type, /** @type {EventListener} */ (handler));
    }
  };
}

/** @type {(event: PointerEvent, acting: boolean) => PointerEvent[]} every place of a fast gesture, not only the last */
function stepsOf(event, acting) {
  const between = acting ? (event.getCoalescedEvents?.() ?? []) : [];
  return between.length > 0 ? between : [event];
}

/**
 * @param {PointerEvent} event the DOM event
 * @param {CanvasPoint} canvas where it was
 * @param {ImagePoint} image where that is on the image
 * @param {number} clickCount 2 for the second click of a double click
 * @returns {ToolEvent} the event without the DOM
 */
function toolEvent(event, canvas, image, clickCount) {
  const pointerType = event.pointerType === 'pen' || event.pointerType === 'touch' ? event.pointerType : 'mouse';
  return {
    image,
    canvas,
    button: event.button,
    buttons: event.buttons,
    clickCount,
    modifiers: { alt: event.altKey, shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey },
    pointerType,
    ...(pointerType === 'pen' && { pressure: event.pressure }),
  };
}

/**
 * Count clicks, because pointer events do not.
 *
 * @returns {(event: PointerEvent) => number} number of clicks that this press is part of, 1 or 2
 */
function createClickCounter() {
  let last = { time: -Infinity, x: 0, y: 0, button: -1 };
  return (event) => {
    const soon = event.timeStamp - last.time < DOUBLE_CLICK.pause;
    const near = Math.hypot(event.clientX - last.x, event.clientY - last.y) < DOUBLE_CLICK.distance;
    const second = soon && near && event.button === last.button;
    last = { time: second ? -Infinity : event.timeStamp, x: event.clientX, y: event.clientY, button: event.button };
    return second ? 2 : 1;
  };
}
