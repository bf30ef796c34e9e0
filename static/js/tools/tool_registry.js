/** All tools by name. */

/** @import {ToolName} from '../state/state_types.js' */
/** @import {Tool, ToolCommands} from './tool_types.js' */

import { createBoxTool } from './box_tool.js';
import { createBrushTool } from './brush_tool.js';
import { createLassoTool } from './lasso_tool.js';
import { createMeasureTool } from './measure_tool.js';
import { createPanTool } from './pan_tool.js';
import { createPointTool } from './point_tool.js';
import { createPolygonTool } from './polygon_tool.js';
import { createProposalTool } from './proposal_tool.js';
import { createScribbleTool } from './scribble_tool.js';
import { createSelectTool } from './select_tool.js';
import { checkTool } from './tool.js';

/**
 * Make every tool once.
 *
 * @param {ToolCommands} commands what tools may do to the session
 * @returns {Readonly<Record<ToolName, Tool>>} the tools
 */
export function createToolRegistry(commands) {
  return Object.freeze({
    select: checkTool(createSelectTool(commands)),
    point: checkTool(createPointTool(commands)),
    box: checkTool(createBoxTool(commands)),
    brush: checkTool(createBrushTool(commands, 'brush')),
    eraser: checkTool(createBrushTool(commands, 'eraser')),
    lasso: checkTool(createLassoTool(commands)),
    polygon: checkTool(createPolygonTool(commands)),
    scribble: checkTool(createScribbleTool(commands)),
    pan: checkTool(createPanTool(commands)),
    measure: checkTool(createMeasureTool(commands)),
    proposal: checkTool(createProposalTool(commands)),
  });
}
