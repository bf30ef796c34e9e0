/** Takes and rejects the masks that the model offers by itself. */

/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { LEFT, RIGHT, createGestureSlot, isDrag } from './tool.js';

/**
 * Make the tool. A click takes the proposal under the pointer, a right click rejects it, a drag moves the view.
 *
 * @param {Pick<ToolCommands, 'hoverProposalAt' | 'takeProposal' | 'rejectProposal' | 'panBy'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createProposalTool(commands) {
  const gesture =
    /** @type {ReturnType<typeof createGestureSlot<{press: ToolEvent, last: ToolEvent, dragged: boolean}>>} */ (
      createGestureSlot()
    );
  return {
    name: 'proposal',
    cursor: 'pointer',
    press(event) {
      if (event.button === LEFT || event.button === RIGHT) {
        gesture.start({ press: event, last: event, dragged: false });
      }
    },
    move(event) {
      const held = gesture.get();
      if (!held) {
        commands.hoverProposalAt(event.image);
        return;
      }
      const dragged = held.dragged || isDrag(held.press, event);
      if (dragged) commands.panBy(event.canvas.x - held.last.canvas.x, event.canvas.y - held.last.canvas.y);
      gesture.start({ ...held, last: dragged ? event : held.last, dragged });
    },
    release(event) {
      const held = gesture.end();
      if (!held || held.dragged || !commands.hoverProposalAt(event.image)) return;
      if (held.press.button === RIGHT) commands.rejectProposal();
      else commands.takeProposal();
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
