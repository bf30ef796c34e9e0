import { describe, expect, it } from 'vitest';
import { createScribbleTool } from '../../../static/js/tools/scribble_tool.js';
import { recordCommands, toolEvent } from './tool_bench.js';

// Draws a line of three places and returns what was asked for.
function draw(/** @type {Parameters<typeof toolEvent>[2]} */ change = {}, scene = {}) {
  const { calls, commands } = recordCommands(scene);
  const tool = createScribbleTool(commands);
  tool.press(toolEvent(20, 20, change));
  tool.move(toolEvent(40, 20, change));
  tool.move(toolEvent(40, 60, change));
  tool.release(toolEvent(40, 60, change));
  return calls;
}

const PLACES = [
  { x: 10, y: 10 },
  { x: 20, y: 10 },
  { x: 20, y: 30 },
];

const SHIFT = { alt: false, shift: true, ctrl: false };

describe('scribble tool', () => {
  it('makes clicks of a line, on the other side with the right button or when the sides are swapped', () => {
    expect(draw().at(-1)).toEqual(['promptLine', PLACES, 1]);
    expect(draw().at(-2)).toEqual(['previewLine', null]);
    expect(draw({ button: 2 }).at(-1)).toEqual(['promptLine', PLACES, 0]);
    expect(draw({}, { label: 0 }).at(-1)).toEqual(['promptLine', PLACES, 0]);
  });

  it('makes a box and clicks of a loop', () => {
    const calls = draw({ modifiers: SHIFT });
    expect(calls[0]).toEqual(['previewRing', PLACES.slice(0, 2)]);
    expect(calls.at(-1)).toEqual(['promptLoop', PLACES]);
  });

  it('asks nothing for a loop around nothing, for the middle button, and after a cancel', () => {
    const { calls, commands } = recordCommands();
    const tool = createScribbleTool(commands);
    tool.press(toolEvent(20, 20, { modifiers: SHIFT }));
    tool.release(toolEvent(20, 20));
    tool.press(toolEvent(20, 20, { button: 1 }));
    tool.release(toolEvent(20, 20));
    tool.press(toolEvent(20, 20));
    tool.move(toolEvent(40, 20));
    expect(tool.cancel()).toBe(true);
    tool.release(toolEvent(40, 20));
    expect(calls.filter(([name]) => String(name).startsWith('prompt'))).toEqual([]);
    expect(calls.at(-1)).toEqual(['previewLine', null]);
  });
});
