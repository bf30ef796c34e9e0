/** The arrow: points at kept objects, opens the one that is clicked, drags the view. */

/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { LEFT, createGestureSlot, isDrag } from './tool.js';

/**
 * Make the select tool.
 *
 * @param {Pick<ToolCommands, 'refineAt' | 'hoverAt' | 'panBy'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createSelectTool(commands) {
  const gesture =
    /** @type {ReturnType<typeof createGestureSlot<{press: ToolEvent, last: ToolEvent, dragged: boolean}>>} */ (
      createGestureSlot()
    );
  return {
    name: 'select',
    cursor: 'default',
    press(event) {
      if (event.button === LEFT) gesture.start({ press: event, last: event, dragged: false });
    },
    move(event) {
      const held = gesture.get();
      if (!held) {
        commands.hoverAt(event.image);
        return;
      }
      const dragged = held.dragged || isDrag(held.press, event);
      if (dragged) commands.panBy(event.canvas.x - held.last.canvas.x, event.canvas.y - held.last.canvas.y);
      gesture.start({ ...held, last: dragged ? event : held.last, dragged });
    },
    release(event) {
      const held = gesture.end();
      if (held && !held.dragged) commands.refineAt(event.image);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
