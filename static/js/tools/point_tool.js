/** The click: left for the object, right or Alt for the background, a drag for a box. */

/** @import {PointLabel} from '../types.js' */
/** @import {Tool, ToolCommands, ToolEvent} from './tool_types.js' */

import { boxFromCorners } from '../geometry/box.js';
import { LEFT, RIGHT, createGestureSlot, isDrag } from './tool.js';

/** @typedef {{press: ToolEvent, promptIndex: number | null}} Press */

/**
 * Make the click tool. Pressing on a click that is there already takes hold of it: a drag moves it, the right button
 * removes it. A double click opens the kept object under the pointer.
 *
 * @param {Omit<ToolCommands, 'panBy' | 'hoverAt' | 'refineAt'>} commands what it may do
 * @returns {Tool} the tool
 */
export function createPointTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<Press>>} */ (
    createGestureSlot(() => commands.previewBox(null))
  );

  /** @type {(held: Press, event: ToolEvent) => void} */
  const finishDrag = (held, event) => {
    if (held.promptIndex !== null) commands.movePoint(held.promptIndex, event.image);
    else if (held.press.button === LEFT) commands.setBox(boxFromCorners(held.press.image, event.image));
  };

  /** @type {(held: Press) => void} */
  const finishClick = ({ press, promptIndex }) => {
    if (press.clickCount === 2 && press.button === LEFT && commands.refineAtDoubleClick(press.image)) return;
    if (promptIndex === null) commands.addPoint(press.image, labelOf(press, commands.pointLabel()));
    else if (press.button === RIGHT) commands.removePoint(promptIndex);
  };

  return {
    name: 'point',
    cursor: 'crosshair',
    press(event) {
      if (event.button !== LEFT && event.button !== RIGHT) return;
      gesture.start({ press: event, promptIndex: commands.promptPointAt(event.canvas) });
    },
    move(event) {
      const held = gesture.get();
      if (!held || held.promptIndex !== null || held.press.button !== LEFT) return;
      if (isDrag(held.press, event)) commands.previewBox(boxFromCorners(held.press.image, event.image));
    },
    release(event) {
      const held = gesture.end();
      if (!held) return;
      commands.previewBox(null);
      if (isDrag(held.press, event)) finishDrag(held, event);
      else finishClick(held);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}

/**
 * @param {ToolEvent} press the press that makes the click
 * @param {PointLabel} plain what a plain left click means
 * @returns {PointLabel} the other label for the right button or Alt
 */
function labelOf(press, plain) {
  const swapped = press.button === RIGHT || press.modifiers.alt;
  return swapped === (plain === 1) ? 0 : 1;
}
