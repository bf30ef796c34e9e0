/** The polygon: click from corner to corner; or move, add and delete the points of an outline. */

/** @import {Tool, ToolCommands, ToolEvent, OutlinePlace} from './tool_types.js' */

import { MIDDLE, RIGHT, createGestureSlot, isDrag, isOpposite } from './tool.js';

/** @typedef {{press: ToolEvent, place: OutlinePlace | null}} Press */

/** @typedef {Pick<ToolCommands, 'outlinePlaceAt' | 'outlinePhase' | 'addOutlinePoint' | 'moveOutlinePoint' | 'insertOutlinePoint' | 'removeOutlinePoint' | 'finishOutline'>} PolygonCommands */

/**
 * Make the polygon tool. While drawing, a click on the first point or a double click closes the line; a drag moves a
 * point. In an outline, a click on a line adds a point, and the right button or Alt removes one.
 *
 * @param {PolygonCommands} commands what it may do
 * @returns {Tool} the tool
 */
export function createPolygonTool(commands) {
  const gesture = /** @type {ReturnType<typeof createGestureSlot<Press>>} */ (createGestureSlot());

  /** @type {(held: Press) => void} */
  const draw = ({ press, place }) => {
    const closes = press.clickCount === 2 || (place?.kind === 'point' && place.index === 0);
    if (closes) commands.finishOutline();
    else if (place?.kind === 'point' && press.button === RIGHT) commands.removeOutlinePoint(place);
    else commands.addOutlinePoint(press.image, isOpposite(press));
  };

  /** @type {(held: Press) => void} */
  const edit = ({ press, place }) => {
    if (place?.kind === 'point' && isOpposite(press)) commands.removeOutlinePoint(place);
    if (place?.kind === 'line' && !isOpposite(press)) commands.insertOutlinePoint(place, press.image);
  };

  return {
    name: 'polygon',
    cursor: 'crosshair',
    press(event) {
      if (event.button !== MIDDLE) gesture.start({ press: event, place: commands.outlinePlaceAt(event.canvas) });
    },
    move() {},
    release(event) {
      const held = gesture.end();
      if (!held) return;
      if (isDrag(held.press, event)) {
        if (held.place?.kind === 'point') commands.moveOutlinePoint(held.place, event.image);
      } else if (commands.outlinePhase() === 'editing') edit(held);
      else draw(held);
    },
    cancel: gesture.cancel,
    interrupt: () => void gesture.cancel(),
  };
}
