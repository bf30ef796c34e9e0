import { describe, expect, it, vi } from 'vitest';
import { arrowCommands, editCommands } from '../../../static/js/services/edit_commands.js';
import { createOutlineEditing } from '../../../static/js/services/outline_editing.js';
import { createShapeEditing } from '../../../static/js/services/shape_editing.js';
import { createObjectEditing } from '../../../static/js/services/object_editing.js';
import { openObject } from '../../../static/js/state/actions/prompt_actions.js';
import { chooseTool, hoverObject } from '../../../static/js/state/actions/view_actions.js';
import { openDraft, openOutline } from '../../../static/js/state/selectors.js';
import { makeCandidate, makeObject } from '../session_builders.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

/** @import {ToolDriver} from '../../../static/js/tools/tool_driver.js' */

function makeCommands() {
  const bench = editingBench(objectOf('a', rectangle(10, 10, 10, 10)), objectOf('b', rectangle(40, 10, 10, 10)));
  const objects = createObjectEditing(bench);
  const editShape = createShapeEditing(bench);
  const outlines = createOutlineEditing({ ...bench, editShape });
  const interrupt = vi.fn();
  const driver = () => /** @type {ToolDriver} */ (/** @type {unknown} */ ({ interrupt }));
  const otherwise = { moveCrosshair: vi.fn(() => true), leapCrosshair: vi.fn(() => true) };
  return {
    ...bench,
    interrupt,
    otherwise,
    commands: editCommands({ store: bench.store, driver, objects, outlines }),
    arrows: arrowCommands({ store: bench.store, objects, else: otherwise }),
  };
}

describe('edit commands', () => {
  it('select, lock, copy, paste and delete', () => {
    const { store, commands, kept, interrupt } = makeCommands();
    expect(commands.lockSelected()).toBe(false);
    commands.selectObjects(['a']);
    commands.lockSelected();
    expect(commands.selectAll()).toBe(true);
    expect(store.get().selectedKeys).toEqual(['b']);
    expect(commands.copySelected()).toBe(true);
    expect(commands.pasteObjects()).toBe(true);
    expect(commands.deleteOpen()).toBe(true);
    expect(kept().map(([key]) => key)).toEqual(['a', 'b']);
    expect(interrupt).toHaveBeenCalled();
  });

  it('bring the selected objects to the front, except locked ones', () => {
    const { commands, kept } = makeCommands();
    expect(commands.orderSelected('front')).toBe(false);
    commands.selectObjects(['a']);
    expect(commands.orderSelected('front')).toBe(true);
    expect(kept().map(([key]) => key)).toEqual(['b', 'a']);
    commands.lockSelected();
    commands.selectObjects(['a']);
    expect(commands.orderSelected('back')).toBe(false);
    expect(kept().map(([key]) => key)).toEqual(['b', 'a']);
  });

  it('drop a gesture before masks are changed', () => {
    const { commands, kept, interrupt } = makeCommands();
    commands.selectObjects(['a', 'b']);
    expect(commands.combineSelected('union')).toBe(true);
    expect(interrupt).toHaveBeenCalledOnce();
    expect(commands.splitSelected()).toBe(true);
    expect(commands.fillHoles()).toBe(false);
    expect(commands.removeIslands()).toBe(false);
    expect(kept()).toHaveLength(2);
  });

  it('open the outline of what is selected, and size the brush', () => {
    const { store, commands } = makeCommands();
    expect(commands.editOutline()).toBe(false);
    commands.selectObjects(['a']);
    expect(commands.editOutline()).toBe(true);
    expect(store.get().tool).toBe('polygon');
    commands.simplifyOutline(2);
    expect(openOutline(store.get())).toMatchObject({ tolerance: 2, key: 'a' });
    commands.setBrushSize(2.4);
    commands.stepBrush(-1);
    commands.stepBrush(-1);
    expect(store.get().brushSize).toBe(1);
    commands.setBrushSize(100);
    commands.stepBrush(1);
    expect(store.get().brushSize).toBe(120);
  });

  it('delete the open object before the selected and the hovered ones', () => {
    const { store, commands, kept } = makeCommands();
    expect(commands.deleteOpen()).toBe(false);
    commands.selectObjects(['b']);
    store.apply(openObject(makeObject('a'), makeCandidate(), null));
    commands.deleteOpen();
    expect(kept()).toEqual([['b', 100]]);
    expect(openDraft(store.get())).toBeNull();
    commands.selectObjects([]);
    store.apply(hoverObject('b'));
    commands.deleteOpen();
    expect(kept()).toEqual([]);
  });
});

describe('arrow keys', () => {
  it('move what is selected by pixels, in the hand of the select tool only', () => {
    const { store, commands, arrows, otherwise, object } = makeCommands();
    commands.selectObjects(['a']);
    arrows.moveCrosshair('left');
    expect(otherwise.moveCrosshair).toHaveBeenCalledWith('left');
    store.apply(chooseTool('select'));
    arrows.moveCrosshair('left');
    arrows.leapCrosshair('down');
    expect(object('a').bbox).toEqual([9, 20, 10, 10]);
    expect(otherwise.leapCrosshair).not.toHaveBeenCalled();
  });
});
