/** Gives pointer events to the tool in hand, and lends the hand to panning while space or the middle button is down. */

/** @import {ToolName} from '../state/state_types.js' */
/** @import {Tool, ToolEvent} from './tool_types.js' */

import { MIDDLE } from './tool.js';

/**
 * @typedef {object} ToolDriver
 * @property {(event: ToolEvent) => void} press a button went down
 * @property {(event: ToolEvent) => void} move the pointer moved
 * @property {(event: ToolEvent) => void} release a button went up
 * @property {() => boolean} cancel Escape: drop the gesture; true when there was one
 * @property {() => void} interrupt drop the gesture, something else took over
 * @property {() => boolean} isActing true between press and release
 * @property {() => boolean} isPanning true while the hand drags the image
 * @property {(held: boolean) => void} holdPan pan with any button while held
 * @property {() => string} cursor CSS cursor of the tool that would act
 */

/**
 * Make the driver.
 *
 * @param {Readonly<Record<ToolName, Tool>>} tools all tools
 * @param {() => ToolName} chosenTool name of the tool in hand
 * @returns {ToolDriver} the driver
 */
export function createToolDriver(tools, chosenTool) {
  let panHeld = false;
  /** @type {Tool | null} */
  let acting = null;

  const toolInHand = () => (panHeld ? tools.pan : tools[chosenTool()]);
  const interrupt = () => {
    acting?.interrupt();
    acting = null;
  };

  return {
    press(event) {
      if (acting) return;
      acting = event.button === MIDDLE ? tools.pan : toolInHand();
      acting.press(event);
    },
    move(event) {
      if (acting && event.buttons === 0) interrupt();
      (acting ?? toolInHand()).move(event);
    },
    release(event) {
      acting?.release(event);
      acting = null;
    },
    cancel() {
      const cancelled = acting?.cancel() ?? false;
      acting = null;
      return cancelled;
    },
    interrupt,
    isActing: () => acting !== null,
    isPanning: () => acting === tools.pan,
    holdPan(held) {
      panHeld = held;
    },
    cursor: () => (acting === tools.pan ? 'grabbing' : toolInHand().cursor),
  };
}
