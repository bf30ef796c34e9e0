import { describe, expect, it } from 'vitest';
import { createBrushTool } from '../../../static/js/tools/brush_tool.js';
import { drag, recordCommands, toolEvent } from './tool_bench.js';

/** @param {'brush' | 'eraser'} name which of the two */
function makeTool(name) {
  const { calls, commands } = recordCommands();
  const painted = () =>
    calls.filter(([call]) => call === 'paintStroke').map(([, points, erases]) => ({ points, erases }));
  return { calls, painted, tool: createBrushTool(commands, name) };
}

describe('brush', () => {
  it('paints one stroke from press to release, shown while it grows', () => {
    const { calls, painted, tool } = makeTool('brush');
    drag(tool, toolEvent(20, 40), toolEvent(60, 40));
    const points = [
      { x: 10, y: 20, radius: 5 },
      { x: 30, y: 20, radius: 5 },
    ];
    expect(painted()).toEqual([{ points, erases: false }]);
    expect(calls.map(([name, value]) => [name, Array.isArray(value) ? value.length : value])).toEqual([
      ['previewStroke', 1],
      ['previewStroke', 2],
      ['previewStroke', null],
      ['paintStroke', 2],
    ]);
  });

  it('is thinner where a pen presses less', () => {
    const { painted, tool } = makeTool('brush');
    const pen = /** @type {const} */ ({ pointerType: 'pen', pressure: 0 });
    drag(tool, toolEvent(0, 0, pen), toolEvent(9, 9, { ...pen, pressure: 1 }));
    expect(painted()[0].points).toMatchObject([{ radius: 1 }, { radius: 5 }]);
  });

  it.each(
    /** @type {const} */ ([
      ['brush', {}, false],
      ['brush', { button: 2 }, true],
      ['brush', { modifiers: { alt: true, shift: false, ctrl: false } }, true],
      ['brush', { buttons: 32, pointerType: 'pen' }, true],
      ['eraser', {}, true],
      ['eraser', { button: 2 }, false],
    ]),
  )('%s with %j erases: %s', (name, change, erases) => {
    const { painted, tool } = makeTool(name);
    drag(tool, toolEvent(0, 0, change), toolEvent(9, 9));
    expect(painted()[0].erases).toBe(erases);
  });

  it('leaves the middle button to panning', () => {
    const { calls, tool } = makeTool('brush');
    drag(tool, toolEvent(0, 0, { button: 1 }), toolEvent(9, 9));
    expect(calls).toEqual([]);
  });
});
