import { describe, expect, it } from 'vitest';
import { setConflict, takeTheirs } from '../../../../static/js/state/actions/conflict_actions.js';
import { undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { addPoint, openObject } from '../../../../static/js/state/actions/prompt_actions.js';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { keptObjects, openConflicts, openDraft } from '../../../../static/js/state/selectors.js';
import { answer, makeCandidate, makeObject, storeWithImages } from '../../session_builders.js';

function makeStore() {
  const store = storeWithImages();
  store.apply(loadObjects(1, [makeObject('a'), makeObject('b')]));
  return store;
}

describe('conflict actions', () => {
  it('list both versions on the image that they lie on', () => {
    const store = makeStore();
    const theirs = makeObject('a', { categoryId: 2 });
    store.apply(setConflict('a', { imageId: 1, theirs }));
    store.apply(setConflict('gone', { imageId: 1, theirs: null }));
    store.apply(setConflict('far', { imageId: 2, theirs }));
    expect(openConflicts(store.get())).toEqual([
      { key: 'a', mine: keptObjects(store.get())[0], theirs },
      { key: 'gone', mine: null, theirs: null },
    ]);
    store.apply(setConflict('a', null));
    const before = store.get();
    store.apply(setConflict('a', null));
    expect(store.get()).toBe(before);
    expect(Object.keys(before.conflicts)).toEqual(['gone', 'far']);
  });

  it('take their version in its place, their deletion, or their object that was deleted here', () => {
    const store = makeStore();
    const theirs = makeObject('a', { categoryId: 2 });
    store.apply(takeTheirs(1, 'a', theirs));
    expect(keptObjects(store.get())[0]).toBe(theirs);
    store.apply(takeTheirs(1, 'b', null));
    expect(keptObjects(store.get())).toEqual([theirs]);
    const other = makeObject('c');
    store.apply(takeTheirs(1, 'c', other));
    expect(keptObjects(store.get())).toEqual([theirs, other]);
    for (const keys of [['a'], ['a', 'b'], ['a', 'b']]) {
      store.apply(undoStep());
      expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(keys);
    }
    expect(keptObjects(store.get())[0].categoryId).toBe(1);
  });

  it('keep the prompts on an object that was deleted elsewhere, as a new object', () => {
    const store = makeStore();
    store.apply(openObject(makeObject('a'), makeCandidate(), null));
    store.apply(addPoint(imagePoint(5, 5), 1));
    answer(store);
    store.apply(takeTheirs(1, 'a', null));
    expect(openDraft(store.get())).toMatchObject({ refines: null, points: [{ x: 5, y: 5, label: 1 }] });
  });

  it('close an object that was only looked at', () => {
    const store = makeStore();
    store.apply(openObject(makeObject('a'), makeCandidate(), null));
    store.apply(takeTheirs(1, 'a', null));
    expect(openDraft(store.get())).toBeNull();
  });
});
