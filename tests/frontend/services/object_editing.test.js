import { describe, expect, it } from 'vitest';
import { promptPoint, imagePoint } from '../../../static/js/geometry/point.js';
import { createObjectEditing } from '../../../static/js/services/object_editing.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { selectObjects, toggleLocked } from '../../../static/js/state/actions/selection_actions.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

/** @param {Parameters<typeof editingBench>} objects on the open image */
function makeEditing(...objects) {
  const bench = editingBench(...objects);
  return { ...bench, ...createObjectEditing(bench) };
}

describe('whole objects', () => {
  it('move with their clicks, and are cut at the border', () => {
    const points = [promptPoint(imagePoint(12, 12), 1), promptPoint(imagePoint(98, 12), 0)];
    const prompts = /** @type {const} */ ({ points, box: [10, 10, 20, 20] });
    const { store, move, object } = makeEditing(objectOf('a', rectangle(10, 10, 10, 10), { prompts }));
    store.apply(selectObjects(['a']));
    expect(move({ dx: 0, dy: 0 })).toBe(false);
    expect(move({ dx: 85, dy: 2 })).toBe(true);
    expect(object('a')).toMatchObject({
      area: 50,
      bbox: [95, 12, 5, 10],
      prompts: { points: [{ x: 97, y: 14 }], box: [95, 12, 105, 22] },
      handEdits: [{ tool: 'move' }],
    });
    store.apply(undoStep());
    expect(object('a').area).toBe(100);
  });

  it('stay when nothing of them would be seen, and while they are locked', () => {
    const { store, move, remove, kept, notices } = makeEditing(objectOf('a', rectangle(10, 10, 10, 10)));
    store.apply(selectObjects(['a']));
    expect(move({ dx: 500, dy: 0 })).toBe(false);
    store.apply(toggleLocked(['a']));
    expect(move({ dx: 5, dy: 0 })).toBe(false);
    expect(remove()).toBe(false);
    expect(kept()).toEqual([['a', 100]]);
    expect(notices()[0]).toContain('beside');
  });

  it('are deleted together', () => {
    const { store, remove, kept } = makeEditing(
      objectOf('a', rectangle(10, 10, 10, 10)),
      objectOf('b', rectangle(10, 10, 10, 10)),
      objectOf('c', rectangle(10, 10, 10, 10)),
    );
    store.apply(selectObjects(['a', 'c']));
    expect(remove()).toBe(true);
    expect(kept()).toEqual([['b', 100]]);
    store.apply(undoStep());
    expect(kept()).toHaveLength(3);
  });
});
