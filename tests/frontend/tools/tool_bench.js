/** Drives a tool without a browser: presses, moves and releases, and a record of what it asked for. */

/**
 * @import {OutlinePlace, Tool, ToolCommands, ToolEvent} from '../../../static/js/tools/tool_types.js'
 * @import {PointLabel} from '../../../static/js/types.js'
 */

import { canvasPoint, imagePoint } from '../../../static/js/geometry/point.js';

/**
 * Make an event. Image pixels are twice as large as canvas pixels.
 *
 * @param {number} x canvas pixels
 * @param {number} y canvas pixels
 * @param {Partial<ToolEvent>} [change] what differs from a plain left press
 * @returns {ToolEvent} the event
 */
export function toolEvent(x, y, change = {}) {
  return {
    image: imagePoint(x / 2, y / 2),
    canvas: canvasPoint(x, y),
    button: 0,
    buttons: 1,
    clickCount: 1,
    modifiers: { alt: false, shift: false, ctrl: false },
    pointerType: 'mouse',
    ...change,
  };
}

/**
 * Make commands that only write down what they are asked for.
 *
 * @param {{promptAt?: number | null, label?: PointLabel, objectAt?: boolean, selectedAt?: boolean,
 *   placeAt?: OutlinePlace | null, phase?: 'none' | 'drawing' | 'editing'}} [scene] what lies under the pointer
 * @returns {{calls: unknown[][], commands: ToolCommands}} the record and the commands
 */
export function recordCommands({
  promptAt = null,
  label = 1,
  objectAt = false,
  selectedAt = false,
  placeAt = null,
  phase = 'none',
} = {}) {
  /** @type {unknown[][]} */
  const calls = [];
  /** @type {(name: string) => (...values: unknown[]) => void} */
  const note =
    (name) =>
    (...values) =>
      void calls.push([name, ...values]);
  return {
    calls,
    commands: {
      addPoint: note('addPoint'),
      setBox: note('setBox'),
      previewLine: note('previewLine'),
      promptLine: note('promptLine'),
      promptLoop: note('promptLoop'),
      showMeasure: note('showMeasure'),
      previewBox: note('previewBox'),
      movePoint: note('movePoint'),
      removePoint: note('removePoint'),
      selectAt: note('selectAt'),
      selectInBox: note('selectInBox'),
      isSelectedAt: () => selectedAt,
      previewMove: note('previewMove'),
      moveSelected: note('moveSelected'),
      hoverAt: note('hoverAt'),
      hoverProposalAt(point) {
        calls.push(['hoverProposalAt', point]);
        return objectAt;
      },
      takeProposal: note('takeProposal'),
      rejectProposal: note('rejectProposal'),
      panBy: note('panBy'),
      brushSize: () => 10,
      previewStroke: note('previewStroke'),
      paintStroke: note('paintStroke'),
      previewRing: note('previewRing'),
      fillRing: note('fillRing'),
      outlinePlaceAt: () => placeAt,
      outlinePhase: () => phase,
      addOutlinePoint: note('addOutlinePoint'),
      moveOutlinePoint: note('moveOutlinePoint'),
      insertOutlinePoint: note('insertOutlinePoint'),
      removeOutlinePoint: note('removeOutlinePoint'),
      finishOutline: note('finishOutline'),
      promptPointAt: () => promptAt,
      pointLabel: () => label,
      refineAt: (point) => (note('refineAt')(point), objectAt),
      refineAtDoubleClick: (point) => (note('refineAtDoubleClick')(point), objectAt),
    },
  };
}

/**
 * Press at one place, move to another and release there.
 *
 * @param {Pick<Tool, 'press' | 'move' | 'release'>} tool the tool
 * @param {ToolEvent} from the press
 * @param {ToolEvent} to where it ends
 */
export function drag(tool, from, to) {
  tool.press(from);
  tool.move({ ...to, button: -1 });
  tool.release({ ...to, button: from.button, buttons: 0 });
}
