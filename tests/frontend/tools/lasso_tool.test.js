import { expect, it } from 'vitest';
import { createLassoTool } from '../../../static/js/tools/lasso_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

it('fills what was drawn around, and cuts out with the right button', () => {
  const { calls, commands } = recordCommands();
  const tool = createLassoTool(commands);
  for (const button of [0, 2]) {
    tool.press(toolEvent(0, 0, { button }));
    for (const [x, y] of [
      [20, 0],
      [20, 20],
    ]) {
      tool.move(toolEvent(x, y, { button: -1 }));
    }
    tool.release(toolEvent(20, 20, { button, buttons: 0 }));
  }
  const ring = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
  ];
  expect(calls.filter(([name]) => name === 'fillRing')).toEqual([
    ['fillRing', ring, false],
    ['fillRing', ring, true],
  ]);
  expect(calls).toContainEqual(['previewRing', ring]);
});

it('makes nothing of a click', () => {
  const { calls, commands } = recordCommands();
  drag(createLassoTool(commands), toolEvent(0, 0), toolEvent(1, 1));
  expect(calls.filter(([name]) => name === 'fillRing')).toEqual([]);
});
