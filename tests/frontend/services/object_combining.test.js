import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { combineRuns } from '../../../static/js/masks/mask_algebra.js';
import { createObjectCombining } from '../../../static/js/services/object_combining.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { openDraft, shownCandidate } from '../../../static/js/state/selectors.js';
import { answer } from '../session_builders.js';
import { candidateOf, editingBench, objectOf, rectangle } from './editing_bench.js';

/** @param {Parameters<typeof editingBench>} objects on the open image */
function makeCombining(...objects) {
  const bench = editingBench(...objects);
  return { ...bench, ...createObjectCombining(bench) };
}

const RING = combineRuns(rectangle(10, 10, 10, 10), rectangle(12, 12, 3, 3), 'subtract');
const TWO_PARTS = combineRuns(rectangle(10, 10, 10, 10), rectangle(40, 12, 3, 3), 'union');

describe('combining', () => {
  it.each(
    /** @type {const} */ ([
      ['union', [['b', 175]]],
      ['intersect', [['b', 25]]],
      [
        'subtract',
        [
          ['a', 100],
          ['b', 75],
        ],
      ],
    ]),
  )('%s changes the object that was selected first', (operation, expected) => {
    const { store, combine, kept } = makeCombining(
      objectOf('a', rectangle(10, 10, 10, 10)),
      objectOf('b', rectangle(15, 15, 10, 10)),
    );
    store.apply(selectObjects(['b', 'a']));
    expect(combine(operation)).toBe(true);
    expect(kept()).toEqual(expected);
    expect(store.get().selectedKeys).toEqual(['b']);
    store.apply(undoStep());
    expect(kept()).toEqual([
      ['a', 100],
      ['b', 100],
    ]);
  });

  it('needs two objects, and something that is left', () => {
    const { store, combine, kept, notices } = makeCombining(
      objectOf('a', rectangle(10, 10, 5, 5)),
      objectOf('b', rectangle(40, 15, 5, 5)),
    );
    expect(combine('union')).toBe(false);
    store.apply(selectObjects(['a', 'b']));
    expect(combine('intersect')).toBe(false);
    expect(kept()).toHaveLength(2);
    expect(notices()).toEqual(['two objects must be selected at least', 'nothing would be left of the object']);
  });

  it('splits into parts, the largest under the old key', () => {
    const { store, split, kept, notices } = makeCombining(objectOf('a', TWO_PARTS), objectOf('b', RING));
    store.apply(selectObjects(['a', 'b']));
    split();
    expect(kept()).toEqual([
      ['a', 100],
      ['new1', 9],
      ['b', 91],
    ]);
    expect(store.get().selectedKeys).toEqual(['a', 'new1']);
    expect(split()).toBe(false);
    expect(notices()).toEqual(['a selected object must have two parts or more to be split']);
  });

  it('fills holes and removes islands of selected objects', () => {
    const { store, fillHoles, removeIslands, kept } = makeCombining(objectOf('a', TWO_PARTS), objectOf('b', RING));
    store.apply(selectObjects(['a', 'b']));
    expect(fillHoles()).toBe(true);
    expect(fillHoles()).toBe(false);
    expect(removeIslands(4)).toBe(false);
    expect(removeIslands(20)).toBe(true);
    expect(kept()).toEqual([
      ['a', 100],
      ['b', 100],
    ]);
  });

  it('works on the open object first', () => {
    const { store, fillHoles } = makeCombining();
    store.apply(addPoint(imagePoint(12, 12), 1));
    answer(store, [candidateOf(RING)]);
    expect(fillHoles()).toBe(true);
    expect(shownCandidate(openDraft(store.get()))?.area).toBe(100);
    expect(openDraft(store.get())?.handEdits).toEqual([{ tool: 'fill_holes', box: [12, 12, 15, 15] }]);
    expect(fillHoles()).toBe(false);
  });
});
