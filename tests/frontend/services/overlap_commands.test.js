import { describe, expect, it, vi } from 'vitest';
import { overlapCommands } from '../../../static/js/services/overlap_commands.js';
import { selectObjects, toggleLocked } from '../../../static/js/state/actions/selection_actions.js';
import { orderObjects } from '../../../static/js/state/actions/order_actions.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

/** Three objects in a row, each sharing a column or more with the next. */
function overlapBench() {
  const bench = editingBench(
    objectOf('a', rectangle(0, 0, 10, 10)),
    objectOf('b', rectangle(5, 0, 10, 10)),
    objectOf('c', rectangle(14, 0, 10, 10)),
  );
  const view = { showBox: vi.fn() };
  const projects = { setOverlap: vi.fn(async () => true) };
  return { ...bench, view, projects, commands: overlapCommands({ store: bench.store, view, projects }) };
}

describe('overlap commands', () => {
  it('show one pair after the other and begin again', () => {
    const { store, commands, view } = overlapBench();
    commands.nextOverlap();
    expect(store.get().selectedKeys).toEqual(['a', 'b']);
    expect(view.showBox).toHaveBeenLastCalledWith([0, 0, 15, 10]);
    commands.nextOverlap();
    expect(store.get().selectedKeys).toEqual(['b', 'c']);
    commands.nextOverlap();
    expect(store.get().selectedKeys).toEqual(['a', 'b']);
  });

  it('give shared pixels to the object that was selected first, as one step', () => {
    const { store, commands, kept } = overlapBench();
    store.apply(selectObjects(['b']));
    expect(commands.settleOverlap()).toBe(true);
    expect(kept()).toEqual([
      ['a', 50],
      ['b', 100],
      ['c', 90],
    ]);
    expect(commands.nextOverlap()).toBe(false);
    store.apply(undoStep());
    expect(kept().map(([, area]) => area)).toEqual([100, 100, 100]);
  });

  it('give all shared pixels to the upper objects when nothing is selected', () => {
    const { store, commands, kept, notices } = overlapBench();
    store.apply(orderObjects(['a'], 'front'));
    store.apply(toggleLocked(['b']));
    commands.settleOverlap();
    expect(kept().map(([, area]) => area)).toEqual([100, 100, 100]);
    store.apply(toggleLocked(['b']));
    expect(commands.settleOverlap()).toBe(true);
    expect(kept()).toEqual([
      ['b', 40],
      ['c', 100],
      ['a', 100],
    ]);
    expect(commands.settleOverlap()).toBe(false);
    expect(notices().at(-1)).toContain('no two objects share pixels');
  });

  it('take nothing from locked objects and ask for a selection', () => {
    const { store, commands, kept, notices } = overlapBench();
    store.apply(toggleLocked(['c']));
    store.apply(selectObjects(['c']));
    expect(commands.settleOverlap()).toBe(false);
    expect(notices().at(-1)).toContain('must be selected first');
    store.apply(toggleLocked(['c']));
    store.apply(toggleLocked(['a']));
    store.apply(selectObjects(['b']));
    commands.settleOverlap();
    expect(kept().map(([, area]) => area)).toEqual([100, 100, 90]);
  });

  it('turn the switch and ask the server for another policy', async () => {
    const { store, commands, projects } = overlapBench();
    commands.toggleTakesPixels();
    expect(store.get().takesPixels).toBe(true);
    await commands.setOverlapPolicy('exclusive');
    expect(projects.setOverlap).toHaveBeenCalledWith(1, 'exclusive');
  });
});
