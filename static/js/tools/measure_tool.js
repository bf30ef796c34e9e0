/** The measure: drag from one place to another to see how far they are apart. */

/** @import {Tool, ToolCommands} from './tool_types.js' */
/** @import {ImagePoint} from '../types.js' */

import { LEFT, createGestureSlot } from './tool.js';

/**
 * Make the measure tool. What was measured stays until the next press, or until it is cancelled.
 *
 * @param {Pick<ToolCommands, 'showMeasure'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createMeasureTool(commands) {
  let isShown = false;
  const gesture = /** @type {ReturnType<typeof createGestureSlot<{from: ImagePoint}>>} */ (
    createGestureSlot(() => commands.showMeasure(null))
  );
  const drop = () => {
    const was = isShown;
    isShown = false;
    if (was) commands.showMeasure(null);
    return was;
  };
  return {
    name: 'measure',
    cursor: 'crosshair',
    press(event) {
      if (event.button !== LEFT) return;
      drop();
      gesture.start({ from: event.image });
    },
    move(event) {
      const held = gesture.get();
      if (!held) return;
      isShown = true;
      commands.showMeasure({ from: held.from, to: event.image });
    },
    release(event) {
      const held = gesture.end();
      if (held && isShown) commands.showMeasure({ from: held.from, to: event.image });
    },
    cancel() {
      const was = gesture.cancel();
      return drop() || was;
    },
    interrupt() {
      gesture.cancel();
      drop();
    },
  };
}
