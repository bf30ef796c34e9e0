import { describe, expect, it } from 'vitest';
import { createSelectTool } from '../../../static/js/tools/select_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

describe('select tool', () => {
  it('highlights what lies under the pointer and opens what is clicked', () => {
    const { calls, commands } = recordCommands();
    const tool = createSelectTool(commands);
    tool.move(toolEvent(20, 40, { buttons: 0 }));
    drag(tool, toolEvent(20, 40), toolEvent(21, 40));
    expect(calls).toEqual([
      ['hoverAt', { x: 10, y: 20 }],
      ['refineAt', { x: 10.5, y: 20 }],
    ]);
  });

  it('pans with a drag and opens nothing then', () => {
    const { calls, commands } = recordCommands();
    const tool = createSelectTool(commands);
    tool.press(toolEvent(20, 40));
    tool.move(toolEvent(30, 40));
    tool.move(toolEvent(31, 42));
    tool.release(toolEvent(20, 40));
    expect(calls).toEqual([
      ['panBy', 10, 0],
      ['panBy', 1, 2],
    ]);
  });
});
