/** Brush and eraser: one stroke with a round tip, from press to release. */

/** @import {StrokePoint} from '../types.js' */
/** @import {StrokePreview} from '../state/state_types.js' */
/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { MIDDLE, createGestureSlot, isOpposite } from './tool.js';

/** The part of the size that the lightest touch of a pen gives. */
const LIGHTEST = 0.2;

/**
 * Make the brush or the eraser. Each does the other's work with the right button, with Alt, or with the eraser of a pen.
 *
 * @param {Pick<ToolCommands, 'brushSize' | 'previewStroke' | 'paintStroke'>} commands what it may do
 * @param {'brush' | 'eraser'} name which of the two
 * @returns {Tool} the tool
 */
export function createBrushTool(commands, name) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<StrokePreview>>} */ (
    createGestureSlot(() => commands.previewStroke(null, false))
  );
  /** @type {(event: ToolEvent) => StrokePoint} */
  const tipAt = ({ image, pressure }) => {
    const part = pressure === undefined ? 1 : LIGHTEST + (1 - LIGHTEST) * pressure;
    return { x: image.x, y: image.y, radius: (commands.brushSize() / 2) * part };
  };
  return {
    name,
    cursor: 'none',
    press(event) {
      if (event.button === MIDDLE) return;
      const erases = isOpposite(event) !== (name === 'eraser');
      const points = [tipAt(event)];
      gesture.start({ points, erases });
      commands.previewStroke(points, erases);
    },
    move(event) {
      const held = gesture.get();
      if (!held) return;
      const points = [...held.points, tipAt(event)];
      gesture.start({ ...held, points });
      commands.previewStroke(points, held.erases);
    },
    release() {
      const held = gesture.end();
      if (!held) return;
      commands.previewStroke(null, held.erases);
      commands.paintStroke(held.points, held.erases);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
