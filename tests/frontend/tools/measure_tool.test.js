import { describe, expect, it } from 'vitest';
import { createMeasureTool } from '../../../static/js/tools/measure_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

describe('measure tool', () => {
  it('shows the distance while it is drawn and after', () => {
    const { calls, commands } = recordCommands();
    drag(createMeasureTool(commands), toolEvent(20, 10), toolEvent(80, 60));
    expect(calls.at(-1)).toEqual(['showMeasure', { from: { x: 10, y: 5 }, to: { x: 40, y: 30 } }]);
  });

  it('drops it with the next press, when it is cancelled, and when something else begins', () => {
    for (const end of /** @type {const} */ (['press', 'cancel', 'interrupt'])) {
      const { calls, commands } = recordCommands();
      const tool = createMeasureTool(commands);
      drag(tool, toolEvent(20, 10), toolEvent(80, 60));
      if (end === 'press') tool.press(toolEvent(5, 5));
      else if (end === 'cancel') expect(tool.cancel()).toBe(true);
      else tool.interrupt();
      expect(calls.at(-1)).toEqual(['showMeasure', null]);
      if (end === 'cancel') expect(tool.cancel()).toBe(false);
    }
  });

  it('leaves other buttons alone, and a click measures nothing', () => {
    const { calls, commands } = recordCommands();
    const tool = createMeasureTool(commands);
    drag(tool, toolEvent(20, 20, { button: 2 }), toolEvent(60, 60));
    tool.press(toolEvent(20, 20));
    tool.release(toolEvent(20, 20));
    expect(calls).toEqual([]);
  });
});
