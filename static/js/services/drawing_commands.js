/** What hand tools can do: strokes and lines become masks, outlines are edited point by point. */

/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ToolCommands} from '../tools/tool_types.js' */
/** @import {MaskMaking} from './mask_making.js' */
/** @import {OutlineEditing} from './outline_editing.js' */
/** @import {EditShape} from './shape_editing.js' */

import { runsOfRings, runsOfStroke } from '../masks/shape_runs.js';
import { previewRing, previewStroke } from '../state/actions/drawing_actions.js';

/** @typedef {'brushSize' | 'previewStroke' | 'paintStroke' | 'previewRing' | 'fillRing'} DrawingNames */
/** @typedef {'outlinePlaceAt' | 'outlinePhase' | 'addOutlinePoint' | 'moveOutlinePoint' | 'insertOutlinePoint'} PointNames */

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {MaskMaking} parts.making knows the size of the image
 * @param {EditShape} parts.editShape puts a drawn shape into a mask
 * @param {OutlineEditing} parts.outlines edits outlines
 * @returns {Pick<ToolCommands, DrawingNames | PointNames | 'removeOutlinePoint' | 'finishOutline'>} the commands
 */
export function drawingCommands({ store, making, editShape, outlines }) {
  return {
    brushSize: () => store.get().brushSize,
    previewStroke: (points, erases) => store.apply(previewStroke(points && { points, erases })),
    paintStroke: (points, erases) =>
      editShape(runsOfStroke(points, making.size()), { erases, tool: erases ? 'eraser' : 'brush' }),
    previewRing: (points) => store.apply(previewRing(points)),
    fillRing: (points, erases) => editShape(runsOfRings([points], making.size(), 'nonzero'), { erases, tool: 'lasso' }),
    outlinePlaceAt: outlines.placeAt,
    outlinePhase: outlines.phase,
    addOutlinePoint: outlines.add,
    moveOutlinePoint: outlines.move,
    insertOutlinePoint: outlines.insert,
    removeOutlinePoint: outlines.remove,
    finishOutline: () => void outlines.finish(),
  };
}
