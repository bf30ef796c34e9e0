import { describe, expect, it } from 'vitest';
import { createBoxTool } from '../../../static/js/tools/box_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

describe('box tool', () => {
  it('sets a box whichever corner the drag starts from', () => {
    const { calls, commands } = recordCommands();
    drag(createBoxTool(commands), toolEvent(80, 60), toolEvent(20, 10));
    expect(calls.at(-1)).toEqual(['setBox', [10, 5, 40, 30]]);
    expect(calls.at(-2)).toEqual(['previewBox', null]);
  });

  it('leaves no tiny box after a slip, and ignores other buttons', () => {
    const { calls, commands } = recordCommands();
    const tool = createBoxTool(commands);
    drag(tool, toolEvent(20, 20), toolEvent(22, 21));
    drag(tool, toolEvent(20, 20, { button: 2 }), toolEvent(60, 60));
    expect(calls.filter(([name]) => name === 'setBox')).toEqual([]);
  });
});
