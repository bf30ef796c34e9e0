import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { replaceObjects } from '../../../../static/js/state/actions/edit_actions.js';
import { redoStep, undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { acceptDraft, loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { setOverlaps, setTakesPixels } from '../../../../static/js/state/actions/overlap_actions.js';
import { setProjects } from '../../../../static/js/state/actions/project_actions.js';
import { addPoint } from '../../../../static/js/state/actions/prompt_actions.js';
import { keptObjects, openDraft } from '../../../../static/js/state/selectors.js';
import { candidateOf, objectOf, rectangle } from '../../services/editing_bench.js';
import { answer, makeProject, storeWithImages } from '../../session_builders.js';

/** @returns {ReturnType<typeof storeWithImages>} an exclusive project whose image has one object of 100 pixels */
function exclusiveStore() {
  const store = storeWithImages();
  store.apply(setProjects([makeProject(1, { overlap: 'exclusive' })]));
  store.apply(loadObjects(1, [objectOf('a', rectangle(0, 0, 10, 10))]));
  return store;
}

/** @type {(store: ReturnType<typeof storeWithImages>) => (string | number)[][]} */
const areas = (store) => keptObjects(store.get()).map(({ key, area }) => [key, area]);

describe('an exclusive project', () => {
  it('keeps an accepted mask off the pixels of others, and gives them to it on demand, as one step', () => {
    const store = exclusiveStore();
    store.apply(addPoint(imagePoint(8, 5), 1));
    answer(store, [candidateOf(rectangle(5, 0, 10, 10))]);
    store.apply(acceptDraft({ key: 'b', modelId: 'm' }));
    const apart = [
      ['a', 100],
      ['b', 50],
    ];
    expect(areas(store)).toEqual(apart);
    store.apply(undoStep());
    expect(areas(store)).toEqual([['a', 100]]);
    store.apply(redoStep());
    expect(areas(store)).toEqual(apart);
    store.apply(undoStep());
    store.apply(acceptDraft({ key: 'b', modelId: 'm', takes: true }));
    expect(areas(store)).toEqual([
      ['a', 50],
      ['b', 100],
    ]);
  });

  it('says why a mask whose pixels all belong to others is not kept, and keeps the draft', () => {
    const store = exclusiveStore();
    store.apply(addPoint(imagePoint(6, 6), 1));
    answer(store, [candidateOf(rectangle(5, 5, 2, 2))]);
    const before = store.get().documents;
    store.apply(acceptDraft({ key: 'b', modelId: 'm' }));
    expect(store.get().documents).toBe(before);
    expect(openDraft(store.get())).not.toBeNull();
    expect(store.get().notices.at(-1)?.message).toContain('a pixel of its own');
  });

  it('follows the switch for everything that changes masks', () => {
    const store = exclusiveStore();
    store.apply(replaceObjects(new Map(), [objectOf('b', rectangle(9, 0, 2, 10))]));
    expect(areas(store).at(-1)).toEqual(['b', 10]);
    store.apply(setTakesPixels(true));
    store.apply(replaceObjects(new Map(), [objectOf('c', rectangle(0, 0, 2, 10))]));
    expect(areas(store)).toEqual([
      ['a', 80],
      ['b', 10],
      ['c', 20],
    ]);
    expect(setTakesPixels(true)(store.get())).toBe(store.get());
  });

  it('is not held to what came in from elsewhere', () => {
    const store = exclusiveStore();
    store.apply(loadObjects(1, [objectOf('a', rectangle(0, 0, 10, 10)), objectOf('b', rectangle(5, 0, 10, 10))]));
    expect(areas(store).map(([, area]) => area)).toEqual([100, 100]);
  });
});

it('says which objects overlap, and stays the same value while they do', () => {
  const store = storeWithImages();
  store.apply(setOverlaps(1, [['a', 'b']]));
  const state = store.get();
  expect(state.overlaps).toEqual({ imageId: 1, pairs: [['a', 'b']] });
  expect(setOverlaps(1, [['a', 'b']])(state)).toBe(state);
  expect(setOverlaps(2, [['a', 'b']])(state)).not.toBe(state);
});
