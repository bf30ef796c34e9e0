/** The arrow: selects and moves kept objects, opens the one that is clicked twice, drags the view. */

/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { boxFromCorners } from '../geometry/box.js';
import { LEFT, createGestureSlot, isDrag } from './tool.js';

/**
 * @typedef {object} Press
 * @property {ToolEvent} press where it began
 * @property {ToolEvent} last the newest event that was acted upon
 * @property {'pan' | 'move' | 'box'} drags what a drag means here
 * @property {boolean} dragged whether it became a drag
 */

/** @typedef {Pick<ToolCommands, 'refineAt' | 'hoverAt' | 'panBy' | 'selectAt' | 'selectInBox' | 'isSelectedAt' | 'previewMove' | 'moveSelected' | 'previewBox'>} SelectCommands */

/**
 * Make the select tool. A drag moves the objects under the pointer if they are selected, and the view otherwise; with
 * Shift it draws a box that selects everything it touches.
 *
 * @param {SelectCommands} commands what it may do
 * @returns {Tool} the tool
 */
export function createSelectTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<Press>>} */ (
    createGestureSlot(() => {
      commands.previewMove(null);
      commands.previewBox(null);
    })
  );

  /** @type {(event: ToolEvent) => Press['drags']} */
  const dragMeaning = ({ image, modifiers }) => {
    if (modifiers.shift) return 'box';
    return commands.isSelectedAt(image) ? 'move' : 'pan';
  };

  /** @type {(held: Press, event: ToolEvent) => void} */
  const drag = ({ press, last, drags }, event) => {
    if (drags === 'pan') commands.panBy(event.canvas.x - last.canvas.x, event.canvas.y - last.canvas.y);
    else if (drags === 'move') commands.previewMove(wayOf(press, event));
    else commands.previewBox(boxFromCorners(press.image, event.image));
  };

  /** @type {(held: Press, event: ToolEvent) => void} */
  const finishDrag = ({ press, drags }, event) => {
    if (drags === 'move') commands.moveSelected(wayOf(press, event));
    if (drags === 'box') commands.selectInBox(boxFromCorners(press.image, event.image));
  };

  return {
    name: 'select',
    cursor: 'default',
    press(event) {
      if (event.button === LEFT)
        gesture.start({ press: event, last: event, drags: dragMeaning(event), dragged: false });
    },
    move(event) {
      const held = gesture.get();
      if (!held) {
        commands.hoverAt(event.image);
        return;
      }
      const dragged = held.dragged || isDrag(held.press, event);
      if (dragged) drag(held, event);
      gesture.start({ ...held, last: dragged ? event : held.last, dragged });
    },
    release(event) {
      const held = gesture.end();
      if (!held) return;
      commands.previewMove(null);
      commands.previewBox(null);
      if (held.dragged) finishDrag(held, event);
      else if (held.press.clickCount === 2) commands.refineAt(event.image);
      else commands.selectAt(event.image, event.modifiers.shift || event.modifiers.ctrl);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}

/** @type {(from: ToolEvent, to: ToolEvent) => {dx: number, dy: number}} */
function wayOf(from, to) {
  return { dx: Math.round(to.image.x - from.image.x), dy: Math.round(to.image.y - from.image.y) };
}
