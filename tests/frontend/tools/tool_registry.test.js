import { describe, expect, it } from 'vitest';
import { createToolRegistry } from '../../../static/js/tools/tool_registry.js';
import { recordCommands, toolEvent } from './tool_bench.js';

/** @typedef {keyof ReturnType<typeof createToolRegistry>} Name */

const LASTING = new Set([
  'addPoint',
  'setBox',
  'movePoint',
  'removePoint',
  'refineAt',
  'refineAtDoubleClick',
  'selectAt',
  'selectInBox',
  'moveSelected',
  'takeProposal',
  'rejectProposal',
  'paintStroke',
  'fillRing',
  'addOutlinePoint',
  'moveOutlinePoint',
  'insertOutlinePoint',
  'removeOutlinePoint',
  'finishOutline',
]);

describe.each(
  /** @type {Name[]} */ (['select', 'point', 'box', 'brush', 'eraser', 'lasso', 'polygon', 'pan', 'proposal']),
)('the %s tool', (name) => {
  it('is listed under its own name and has a cursor', () => {
    const tool = createToolRegistry(recordCommands().commands)[name];
    expect(tool.name).toBe(name);
    expect(tool.cursor).not.toBe('');
  });

  it('leaves nothing behind when its gesture is cancelled, and says whether there was one', () => {
    const { calls, commands } = recordCommands();
    const tool = createToolRegistry(commands)[name];
    expect(tool.cancel()).toBe(false);
    tool.press(toolEvent(10, 10));
    tool.move(toolEvent(60, 60, { button: -1 }));
    expect(tool.cancel()).toBe(true);
    tool.release(toolEvent(60, 60, { buttons: 0 }));
    expect(calls.filter(([call]) => LASTING.has(String(call)))).toEqual([]);
    expect(calls.filter(([call]) => call === 'previewBox').at(-1) ?? ['previewBox', null]).toEqual([
      'previewBox',
      null,
    ]);
  });

  it('leaves nothing behind when something else takes over', () => {
    const { calls, commands } = recordCommands();
    const tool = createToolRegistry(commands)[name];
    tool.press(toolEvent(10, 10));
    tool.interrupt();
    tool.interrupt();
    tool.release(toolEvent(60, 60, { buttons: 0 }));
    expect(calls.filter(([call]) => LASTING.has(String(call)))).toEqual([]);
  });

  it('starts afresh after a dropped gesture, as undo needs it', () => {
    const { calls, commands } = recordCommands();
    const tool = createToolRegistry(commands)[name];
    tool.press(toolEvent(10, 10));
    tool.interrupt();
    calls.length = 0;
    tool.move(toolEvent(90, 90, { button: -1, buttons: 0 }));
    tool.release(toolEvent(90, 90, { buttons: 0 }));
    expect(calls.filter(([call]) => call !== 'hoverAt' && call !== 'hoverProposalAt')).toEqual([]);
  });
});
