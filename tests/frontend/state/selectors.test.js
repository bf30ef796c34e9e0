import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { acceptDraft, loadObjects, setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { activateCategory } from '../../../static/js/state/actions/category_actions.js';
import * as selectors from '../../../static/js/state/selectors.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { answer, clickAndAnswer, makeCandidate, makeObject, storeWithImages } from '../session_builders.js';

describe('selectors', () => {
  it('answer for a page without images', () => {
    const state = createSessionState();
    expect(selectors.currentImage(state)).toBeNull();
    expect(selectors.currentIndex(state)).toBe(-1);
    expect(selectors.neighbourImage(state, 1)).toBeNull();
    expect(selectors.keptObjects(state)).toEqual([]);
    expect(selectors.canAccept(state)).toBe(false);
  });

  it('find the open image and its neighbours', () => {
    const store = storeWithImages();
    expect(selectors.currentImage(store.get())?.id).toBe(1);
    expect(selectors.neighbourImage(store.get(), 1)?.id).toBe(2);
    expect(selectors.neighbourImage(store.get(), -1)).toBeNull();
  });

  it('say what can be accepted: an answered mask that is not empty', () => {
    const store = storeWithImages();
    store.apply(addPoint(imagePoint(5, 5), 1));
    expect(selectors.canAccept(store.get())).toBe(false);
    answer(store, [makeCandidate({ area: 0 })]);
    expect(selectors.canAccept(store.get())).toBe(false);
    clickAndAnswer(store);
    expect(selectors.canAccept(store.get())).toBe(true);
  });

  it('say whether there are steps to take back or to do again', () => {
    const store = storeWithImages();
    expect(selectors.canUndo(store.get())).toBe(false);
    clickAndAnswer(store);
    expect([selectors.canUndo(store.get()), selectors.canRedo(store.get())]).toEqual([true, false]);
    store.apply(undoStep());
    expect([selectors.canUndo(store.get()), selectors.canRedo(store.get())]).toEqual([false, true]);
  });

  it('name the class in force: that of the open object before that for new ones', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(activateCategory(2));
    expect(selectors.effectiveCategoryId(store.get())).toBe(1);
  });

  it('count what waits, and objects per class', () => {
    const store = storeWithImages();
    store.apply(setSaveStatus('a', 'waiting'));
    store.apply(setSaveStatus('b', 'failed'));
    expect(selectors.saveCounts(store.get())).toEqual({ saving: 0, waiting: 1, failed: 1, conflict: 0 });
    store.apply(loadObjects(1, [makeObject('a'), makeObject('b'), makeObject('c', { categoryId: 2 })]));
    const counts = selectors.countByCategory(selectors.keptObjects(store.get()));
    expect([...counts]).toEqual([
      [1, 2],
      [2, 1],
    ]);
  });

  it('name the images with unfinished objects', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(openImage(2));
    expect(selectors.imagesWithDrafts(store.get())).toEqual([1]);
    store.apply(openImage(1));
    store.apply(acceptDraft({ key: 'k', modelId: null }));
    expect(selectors.imagesWithDrafts(store.get())).toEqual([]);
  });

  it('find a class by its id', () => {
    const state = storeWithImages().get();
    expect(selectors.categoryById(state, 2)?.name).toBe('dog');
    expect(selectors.categoryById(state, 9)).toBeNull();
  });
});
