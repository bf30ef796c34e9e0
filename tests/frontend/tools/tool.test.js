import { describe, expect, it, vi } from 'vitest';
import { checkTool, createGestureSlot, isDrag } from '../../../static/js/tools/tool.js';
import { createPanTool } from '../../../static/js/tools/pan_tool.js';
import { recordCommands, toolEvent } from './tool_bench.js';

describe('tool', () => {
  it('tells a click that wandered a little from a drag, and forgives fingers more', () => {
    const press = toolEvent(10, 10);
    expect(isDrag(press, toolEvent(13, 10))).toBe(false);
    expect(isDrag(press, toolEvent(15, 10))).toBe(true);
    expect(isDrag(toolEvent(10, 10, { pointerType: 'touch' }), toolEvent(18, 10))).toBe(false);
  });

  it('drops a gesture once', () => {
    const drop = vi.fn();
    const slot = createGestureSlot(drop);
    expect(slot.cancel()).toBe(false);
    slot.start({ name: 'press' });
    expect(slot.get()).toEqual({ name: 'press' });
    expect(slot.cancel()).toBe(true);
    expect(slot.cancel()).toBe(false);
    expect(drop).toHaveBeenCalledExactlyOnceWith({ name: 'press' });
  });

  it('refuses a tool that lacks a part of the contract', () => {
    const tool = createPanTool(recordCommands().commands);
    expect(checkTool(tool)).toBe(tool);
    const broken = /** @type {typeof tool} */ (/** @type {unknown} */ ({ ...tool, interrupt: undefined }));
    expect(() => checkTool(broken)).toThrow('tool pan must have the method interrupt');
  });
});
