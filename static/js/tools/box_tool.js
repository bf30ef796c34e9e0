/** The box: drag from corner to corner around an object. */

/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { boxFromCorners } from '../geometry/box.js';
import { LEFT, createGestureSlot, isDrag } from './tool.js';

/**
 * Make the box tool. A click without a drag does nothing, so a slip leaves no tiny box.
 *
 * @param {Pick<ToolCommands, 'setBox' | 'previewBox'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createBoxTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<{press: ToolEvent}>>} */ (
    createGestureSlot(() => commands.previewBox(null))
  );
  return {
    name: 'box',
    cursor: 'crosshair',
    press(event) {
      if (event.button === LEFT) gesture.start({ press: event });
    },
    move(event) {
      const held = gesture.get();
      if (held && isDrag(held.press, event)) commands.previewBox(boxFromCorners(held.press.image, event.image));
    },
    release(event) {
      const held = gesture.end();
      if (!held) return;
      commands.previewBox(null);
      if (isDrag(held.press, event)) commands.setBox(boxFromCorners(held.press.image, event.image));
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
