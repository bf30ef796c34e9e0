/** The hand: drags the image about. */

/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { createGestureSlot } from './tool.js';

/**
 * Make the pan tool. What a cancelled pan has moved stays moved: the view is not part of the work.
 *
 * @param {Pick<ToolCommands, 'panBy'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createPanTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<{last: ToolEvent}>>} */ (createGestureSlot());
  return {
    name: 'pan',
    cursor: 'grab',
    press: (event) => gesture.start({ last: event }),
    move(event) {
      const held = gesture.get();
      if (!held) return;
      commands.panBy(event.canvas.x - held.last.canvas.x, event.canvas.y - held.last.canvas.y);
      gesture.start({ last: event });
    },
    release: () => void gesture.end(),
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
