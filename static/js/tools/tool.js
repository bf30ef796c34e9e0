/** What all tools share: telling a click from a drag, and the slot for a gesture. */

/** @import {Tool, ToolEvent} from './tool_types.js' */

/** CSS pixels a pointer may wander and still be clicking. */
const CLICK_SLOP = { mouse: 4, pen: 6, touch: 10 };

/** Bits of `ToolEvent.button`. */
export const LEFT = 0;

/** The middle button. */
export const MIDDLE = 1;

/** The right button. */
export const RIGHT = 2;

/** Bit of `ToolEvent.buttons` for the other end of a pen. */
const PEN_ERASER = 32;

/**
 * Say whether a press does the opposite of what its tool does: with the right button, with Alt, or with the eraser of a
 * pen.
 *
 * @param {ToolEvent} press where the button went down
 * @returns {boolean} true for the opposite
 */
export function isOpposite({ button, buttons, modifiers }) {
  return button === RIGHT || modifiers.alt || (buttons & PEN_ERASER) !== 0;
}

/**
 * Say whether the pointer moved far enough from the press to be dragging.
 *
 * @param {ToolEvent} press where the button went down
 * @param {ToolEvent} now where the pointer is
 * @returns {boolean} true for a drag
 */
export function isDrag(press, now) {
  const distance = Math.hypot(now.canvas.x - press.canvas.x, now.canvas.y - press.canvas.y);
  return distance > CLICK_SLOP[press.pointerType];
}

/**
 * Keep track of one press. Tools hold one of these instead of loose variables.
 *
 * @template {object} Gesture
 * @param {(gesture: Gesture) => void} [drop] takes back what the gesture shows when it is dropped
 * @returns {{get: () => Gesture | null, start: (gesture: Gesture) => void, end: () => Gesture | null,
 *   cancel: () => boolean}} the slot for the gesture in progress
 */
export function createGestureSlot(drop = () => {}) {
  /** @type {Gesture | null} */
  let current = null;
  const end = () => {
    const ended = current;
    current = null;
    return ended;
  };
  return {
    get: () => current,
    start: (gesture) => {
      current = gesture;
    },
    end,
    cancel: () => {
      const dropped = end();
      if (dropped) drop(dropped);
      return dropped !== null;
    },
  };
}

/**
 * Check that an object fulfils the contract of a tool, so that a new tool fails at once and not at its first gesture.
 *
 * @param {Tool} tool the tool
 * @returns {Tool} the same tool
 * @throws {TypeError} if a part of the contract is missing
 */
export function checkTool(tool) {
  for (const method of /** @type {const} */ (['press', 'move', 'release', 'cancel', 'interrupt'])) {
    if (typeof tool[method] !== 'function') {
      throw new TypeError(`tool ${tool.name} must have the method ${method}; add it`);
    }
  }
  return tool;
}
