/** The lasso: a line drawn freely around what should be inside. */

/** @import {Ring} from '../types.js' */
/** @import {Tool, ToolCommands} from './tool_types.js' */

import { MIDDLE, createGestureSlot, isOpposite } from './tool.js';

/** @typedef {{points: Ring, erases: boolean}} Loop */

/** Fewer places do not enclose anything. */
const FEWEST = 3;

/**
 * Make the lasso. With the right button or Alt it cuts out.
 *
 * @param {Pick<ToolCommands, 'previewRing' | 'fillRing'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createLassoTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<Loop>>} */ (
    createGestureSlot(() => commands.previewRing(null))
  );
  return {
    name: 'lasso',
    cursor: 'crosshair',
    press(event) {
      if (event.button !== MIDDLE) gesture.start({ points: [event.image], erases: isOpposite(event) });
    },
    move(event) {
      const held = gesture.get();
      if (!held) return;
      const points = [...held.points, event.image];
      gesture.start({ ...held, points });
      commands.previewRing(points);
    },
    release() {
      const held = gesture.end();
      if (!held) return;
      commands.previewRing(null);
      if (held.points.length >= FEWEST) commands.fillRing(held.points, held.erases);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
