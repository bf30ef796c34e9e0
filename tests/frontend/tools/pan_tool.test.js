import { describe, expect, it } from 'vitest';
import { createPanTool } from '../../../static/js/tools/pan_tool.js';
import { recordCommands, toolEvent } from './tool_bench.js';

describe('pan tool', () => {
  it('moves the image by what the pointer moved, step by step', () => {
    const { calls, commands } = recordCommands();
    const tool = createPanTool(commands);
    tool.move(toolEvent(0, 0));
    tool.press(toolEvent(10, 10));
    tool.move(toolEvent(15, 8));
    tool.move(toolEvent(16, 8));
    tool.release(toolEvent(16, 8));
    tool.move(toolEvent(50, 50));
    expect(calls).toEqual([
      ['panBy', 5, -2],
      ['panBy', 1, 0],
    ]);
  });
});
