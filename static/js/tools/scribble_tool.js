/** The scribble: a line over the object, or a loop around it, that becomes prompts for the model. */

/** @import {ImagePoint, PointLabel} from '../types.js' */
/** @import {Tool, ToolCommands} from './tool_types.js' */

import { MIDDLE, createGestureSlot, isOpposite } from './tool.js';

/** @typedef {{points: ReadonlyArray<ImagePoint>, label: PointLabel, loops: boolean}} Scribble */

/** Fewer places do not enclose anything. */
const FEWEST = 3;

/**
 * Make the tool. A line over the object becomes clicks on it; with the right button or Alt they are on the background. With
 * Shift the line is a loop: a box around it and clicks inside.
 *
 * @param {Pick<ToolCommands, 'previewRing' | 'previewLine' | 'promptLine' | 'promptLoop' | 'pointLabel'>} commands what it
 *   may do
 * @returns {Tool} the tool
 */
export function createScribbleTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<Scribble>>} */ (
    createGestureSlot(() => commands.previewLine(null))
  );
  return {
    name: 'scribble',
    cursor: 'crosshair',
    press(event) {
      if (event.button === MIDDLE) return;
      const plain = commands.pointLabel();
      const label = /** @type {PointLabel} */ (isOpposite(event) ? 1 - plain : plain);
      gesture.start({ points: [event.image], label, loops: event.modifiers.shift });
    },
    move(event) {
      const held = gesture.get();
      if (!held) return;
      const points = [...held.points, event.image];
      gesture.start({ ...held, points });
      if (held.loops) commands.previewRing(points);
      else commands.previewLine(points);
    },
    release() {
      const held = gesture.end();
      if (!held) return;
      commands.previewLine(null);
      if (!held.loops) commands.promptLine(held.points, held.label);
      else if (held.points.length >= FEWEST) commands.promptLoop(held.points);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
