import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { createShapeEditing } from '../../../static/js/services/shape_editing.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { selectObjects, toggleLocked } from '../../../static/js/state/actions/selection_actions.js';
import { openDraft, shownCandidate } from '../../../static/js/state/selectors.js';
import { answer } from '../session_builders.js';
import { candidateOf, editingBench, objectOf, rectangle } from './editing_bench.js';

const PAINT = /** @type {const} */ ({ erases: false, tool: 'brush' });
const ERASE = /** @type {const} */ ({ erases: true, tool: 'eraser' });

/** @param {Parameters<typeof editingBench>} objects on the open image */
function makeEditing(...objects) {
  const bench = editingBench(...objects);
  return { ...bench, edit: createShapeEditing(bench) };
}

describe('drawn shapes', () => {
  it('start a new object where nothing is open or selected, also before the embedding is there', () => {
    const { store, edit } = makeEditing();
    // Drawing needs no model: it goes on while the image is still being encoded.
    expect(store.get().featuresReady).toBe(false);
    edit(rectangle(10, 10, 10, 10), PAINT);
    edit(rectangle(15, 10, 10, 10), PAINT);
    edit(rectangle(10, 10, 25, 2), ERASE);
    expect(shownCandidate(openDraft(store.get()))?.area).toBe(120);
    store.apply(undoStep());
    expect(shownCandidate(openDraft(store.get()))?.area).toBe(150);
  });

  it('change the open object', () => {
    const { store, edit } = makeEditing();
    store.apply(addPoint(imagePoint(12, 12), 1));
    answer(store, [candidateOf(rectangle(10, 10, 10, 10))]);
    edit(rectangle(10, 10, 5, 10), ERASE);
    expect(shownCandidate(openDraft(store.get()))?.area).toBe(50);
    const before = store.get();
    edit(rectangle(15, 10, 5, 10), PAINT);
    expect(store.get()).toBe(before);
  });

  it('wait for the mask of a click', () => {
    const { store, edit, notices } = makeEditing();
    store.apply(addPoint(imagePoint(12, 12), 1));
    edit(rectangle(0, 0, 5, 5), PAINT);
    expect(openDraft(store.get())?.handEdits).toEqual([]);
    expect(notices()).toEqual(['the mask is still being computed']);
  });

  it('change selected objects at once: paint one, erase from all', () => {
    const { store, edit, kept } = makeEditing(
      objectOf('a', rectangle(0, 0, 10, 10)),
      objectOf('b', rectangle(20, 0, 10, 10)),
      objectOf('c', rectangle(40, 0, 10, 10)),
    );
    store.apply(selectObjects(['a', 'b']));
    edit(rectangle(0, 5, 60, 1), ERASE);
    expect(kept()).toEqual([
      ['a', 90],
      ['b', 90],
      ['c', 100],
    ]);
    edit(rectangle(0, 20, 10, 1), PAINT);
    expect(kept()[1]).toEqual(['b', 100]);
  });

  it('leave locked objects alone, and say what is missing', () => {
    const { store, edit, kept, notices } = makeEditing(objectOf('a', rectangle(0, 0, 10, 10)));
    edit(rectangle(0, 0, 5, 5), ERASE);
    store.apply(selectObjects(['a']));
    store.apply(toggleLocked(['a']));
    edit(rectangle(0, 0, 5, 5), ERASE);
    edit(new Int32Array(0), PAINT);
    expect(kept()).toEqual([['a', 100]]);
    expect(notices()).toEqual(['there must be an object to erase from, got none', 'a locked object is not changed']);
  });

  it('delete what they leave nothing of, and undo brings it back', () => {
    const { store, edit, kept, notices } = makeEditing(objectOf('a', rectangle(0, 0, 10, 10)));
    store.apply(selectObjects(['a']));
    edit(rectangle(0, 0, 20, 20), ERASE);
    expect(kept()).toEqual([]);
    expect(notices()).toEqual(['nothing was left of the object']);
    store.apply(undoStep());
    expect(kept()).toEqual([['a', 100]]);
  });
});
