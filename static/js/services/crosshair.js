/** Pointing with keys: arrows move a crosshair, and a key presses the tool in hand there, as a mouse button would. */

/** @import {ImagePoint} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ToolDriver} from '../tools/tool_driver.js' */
/** @import {ToolEvent} from '../tools/tool_types.js' */
/** @import {ViewControl} from './view_control.js' */

import { canvasPoint, imagePoint } from '../geometry/point.js';
import { canvasToImage, imageToCanvas } from '../geometry/viewport.js';
import { setCrosshair } from '../state/actions/crosshair_actions.js';
import { currentImage } from '../state/selectors.js';

/** How far one key press goes, in CSS pixels; zooming in makes the steps finer. */
const STEP = 4;
const LEAP = 40;
/** How near the crosshair may come to the edge of the canvas before the view follows, in CSS pixels. */
const MARGIN = 32;
/** The pixel under the crosshair is taken at its centre. */
const CENTRE = 0.5;

/** @type {ReadonlySet<string>} */
const DRAGGED_TOOLS = new Set(['box', 'brush', 'eraser', 'lasso', 'scribble', 'measure']);

/** @typedef {'left' | 'right' | 'up' | 'down'} Direction */

/**
 * Which way each arrow goes.
 *
 * @type {Record<Direction, readonly [dx: number, dy: number]>}
 */
export const DIRECTIONS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {ViewControl} parts.view the viewport
 * @param {() => ToolDriver} parts.driver the hand
 * @returns {{moveCrosshair: (direction: Direction) => boolean, leapCrosshair: (direction: Direction) => boolean,
 *   pressCrosshair: (button: number) => boolean}} the commands by name; false where there is nothing to point at, which
 *   leaves the key to others
 */
export function crosshairCommands({ store, view, driver }) {
  /** @type {(direction: Direction, length: number) => boolean} */
  const move = (direction, length) => {
    const { viewport, canvasSize } = store.get();
    const image = currentImage(store.get());
    if (!viewport || !canvasSize || !image) return false;
    const [dx, dy] = DIRECTIONS[direction];
    const from = store.get().crosshair;
    const start = from ?? canvasToImage(viewport, canvasPoint(canvasSize.width / 2, canvasSize.height / 2));
    // The first press only shows where it is; at high zoom a step is one pixel.
    const reach = from ? Math.max(length / viewport.scale, 1) : 0;
    const within = (/** @type {number} */ value, /** @type {number} */ size) =>
      Math.min(Math.max(Math.floor(value), 0), size - 1) + CENTRE;
    const point = imagePoint(within(start.x + dx * reach, image.width), within(start.y + dy * reach, image.height));
    store.apply(setCrosshair(point));
    follow(point);
    if (driver().isActing()) driver().move(eventAt(point, 0, 1));
    return true;
  };

  /** @type {(point: ImagePoint) => void} moves the view until the point is well inside the canvas */
  const follow = (point) => {
    const { viewport, canvasSize } = store.get();
    if (!viewport || !canvasSize) return;
    const { x, y } = imageToCanvas(viewport, point);
    const dx = overshoot(x, canvasSize.width);
    const dy = overshoot(y, canvasSize.height);
    if (dx !== 0 || dy !== 0) view.pan(dx, dy);
  };

  /** @type {(point: ImagePoint, button: number, buttons: number) => ToolEvent} */
  const eventAt = (point, button, buttons) => {
    const { viewport } = store.get();
    const canvas = viewport ? imageToCanvas(viewport, point) : canvasPoint(0, 0);
    const modifiers = { alt: false, shift: false, ctrl: false };
    return { image: point, canvas, button, buttons, clickCount: 1, modifiers, pointerType: 'mouse' };
  };

  return {
    moveCrosshair: (direction) => move(direction, STEP),
    leapCrosshair: (direction) => move(direction, LEAP),
    pressCrosshair(button) {
      const point = store.get().crosshair;
      if (!point) return false;
      // What is dragged takes two presses, one for each end; everything else is pressed and released at once.
      const isSecond = driver().isActing();
      if (!isSecond) driver().press(eventAt(point, button, 1));
      if (isSecond || !DRAGGED_TOOLS.has(store.get().tool)) driver().release(eventAt(point, button, 0));
      return true;
    },
  };
}

/** @type {(position: number, length: number) => number} how far the view has to move, 0 when it is well inside */
function overshoot(position, length) {
  const margin = Math.min(MARGIN, length / 2);
  return Math.max(margin - position, 0) + Math.min(length - margin - position, 0);
}
