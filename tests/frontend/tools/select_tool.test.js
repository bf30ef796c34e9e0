import { describe, expect, it } from 'vitest';
import { createSelectTool } from '../../../static/js/tools/select_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

/** @typedef {import('../../../static/js/tools/tool_types.js').ToolEvent} ToolEvent */

/** @param {Parameters<typeof recordCommands>[0]} [scene] what lies under the pointer */
function makeTool(scene) {
  const { calls, commands } = recordCommands(scene);
  const lasting = () => calls.filter(([name, value]) => !(String(name).startsWith('preview') && value === null));
  return { lasting, tool: createSelectTool(commands) };
}

const SHIFT = { modifiers: { alt: false, shift: true, ctrl: false } };

describe('select tool', () => {
  it('highlights what lies under the pointer and selects what is clicked', () => {
    const { lasting, tool } = makeTool();
    tool.move(toolEvent(20, 40, { buttons: 0 }));
    drag(tool, toolEvent(20, 40), toolEvent(21, 40));
    drag(tool, toolEvent(20, 40), toolEvent(20, 40, SHIFT));
    expect(lasting()).toEqual([
      ['hoverAt', { x: 10, y: 20 }],
      ['selectAt', { x: 10.5, y: 20 }, false],
      ['selectAt', { x: 10, y: 20 }, true],
    ]);
  });

  it('opens what is clicked twice', () => {
    const { lasting, tool } = makeTool();
    drag(tool, toolEvent(20, 40, { clickCount: 2 }), toolEvent(20, 40));
    expect(lasting()).toEqual([['refineAt', { x: 10, y: 20 }]]);
  });

  it('pans with a drag and selects nothing then', () => {
    const { lasting, tool } = makeTool();
    tool.press(toolEvent(20, 40));
    tool.move(toolEvent(30, 40));
    tool.move(toolEvent(31, 42));
    tool.release(toolEvent(20, 40));
    expect(lasting()).toEqual([
      ['panBy', 10, 0],
      ['panBy', 1, 2],
    ]);
  });

  it('moves what is selected by whole pixels', () => {
    const { lasting, tool } = makeTool({ selectedAt: true });
    drag(tool, toolEvent(20, 40), toolEvent(31, 50));
    expect(lasting()).toEqual([
      ['previewMove', { dx: 6, dy: 5 }],
      ['moveSelected', { dx: 6, dy: 5 }],
    ]);
  });

  it('selects what a box touches with Shift', () => {
    const { lasting, tool } = makeTool({ selectedAt: true });
    drag(tool, toolEvent(20, 40, SHIFT), toolEvent(60, 50));
    expect(lasting()).toEqual([
      ['previewBox', [10, 20, 30, 25]],
      ['selectInBox', [10, 20, 30, 25]],
    ]);
  });
});
