import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { undoStep } from '../../../../static/js/state/actions/history_actions.js';
import * as objects from '../../../../static/js/state/actions/object_actions.js';
import { addPoint, openObject, setDraftCategory } from '../../../../static/js/state/actions/prompt_actions.js';
import { keptObjects, openDraft } from '../../../../static/js/state/selectors.js';
import { answer, clickAndAnswer, makeCandidate, makeObject, makeRle, storeWithImages } from '../../session_builders.js';

const IDENTITY = { key: 'new', modelId: 'm' };

describe('object actions', () => {
  it('keep exactly the mask that is shown, with its prompts and logits', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const shown = openDraft(store.get())?.candidates[0];
    store.apply(objects.acceptDraft(IDENTITY));
    const [kept] = keptObjects(store.get());
    expect(kept.rle).toBe(shown?.rle);
    expect(kept.logits?.values).toBe(shown?.logits);
    expect(kept).toMatchObject({ key: 'new', categoryId: 1, area: 400, modelId: 'm', hasLogits: true });
    expect(kept.prompts.points).toHaveLength(1);
    expect(openDraft(store.get())).toBeNull();
  });

  it('keep nothing without an answer or with an empty mask', () => {
    const store = storeWithImages();
    store.apply(addPoint(imagePoint(5, 5), 1));
    store.apply(objects.acceptDraft(IDENTITY));
    expect(keptObjects(store.get())).toEqual([]);
    answer(store, [makeCandidate({ area: 0 })]);
    store.apply(objects.acceptDraft(IDENTITY));
    expect(keptObjects(store.get())).toEqual([]);
    expect(openDraft(store.get())).not.toBeNull();
  });

  it('put a refined object in the place of the old one', () => {
    const store = storeWithImages();
    store.apply(objects.loadObjects(1, [makeObject('a1'), makeObject('a2')]));
    store.apply(openObject(makeObject('a1'), makeCandidate(), null));
    store.apply(addPoint(imagePoint(5, 5), 0));
    answer(store, [makeCandidate({ rle: makeRle('refined') })]);
    store.apply(objects.acceptDraft(IDENTITY));
    expect(keptObjects(store.get()).map(({ key, rle }) => [key, rle.counts])).toEqual([
      ['a1', 'refined'],
      ['a2', 'a2'],
    ]);
  });

  it('leave a reopened object as it was when nothing was done to it', () => {
    const store = storeWithImages();
    const kept = makeObject('a1');
    store.apply(objects.loadObjects(1, [kept]));
    store.apply(openObject(kept, makeCandidate(), null));
    store.apply(objects.acceptDraft(IDENTITY));
    expect(keptObjects(store.get())[0]).toBe(kept);
  });

  it('change only the class when a reopened object got no prompt', () => {
    const store = storeWithImages();
    const kept = makeObject('a1');
    store.apply(objects.loadObjects(1, [kept]));
    store.apply(openObject(kept, makeCandidate(), null));
    store.apply(setDraftCategory(2));
    store.apply(objects.acceptDraft(IDENTITY));
    expect(keptObjects(store.get())[0]).toEqual({ ...kept, categoryId: 2 });
  });

  it('delete an object together with the draft that refines it', () => {
    const store = storeWithImages();
    store.apply(objects.loadObjects(1, [makeObject('a1')]));
    store.apply(openObject(makeObject('a1'), makeCandidate(), null));
    store.apply(objects.deleteObject('a1'));
    expect(keptObjects(store.get())).toEqual([]);
    expect(openDraft(store.get())).toBeNull();
    const before = store.get();
    store.apply(objects.deleteObject('unknown'));
    expect(store.get()).toBe(before);
  });

  it('give a kept object another class', () => {
    const store = storeWithImages();
    store.apply(objects.loadObjects(1, [makeObject('a1')]));
    store.apply(objects.setObjectCategory('a1', 2));
    expect(keptObjects(store.get())[0].categoryId).toBe(2);
  });

  it('do not take loaded objects away with undo', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(objects.loadObjects(1, [makeObject('a1')]));
    store.apply(undoStep());
    expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(['a1']);
  });

  it('recall what an earlier page left unsaved: a new object, a changed one, a deletion', () => {
    const store = storeWithImages();
    store.apply(objects.loadObjects(1, [makeObject('a1'), makeObject('a2')]));
    store.apply(objects.recallObject(1, 'new', makeObject('new')));
    store.apply(objects.recallObject(1, 'a1', makeObject('a1', { categoryId: 2 })));
    store.apply(objects.recallObject(1, 'a2', null));
    store.apply(objects.recallObject(1, 'gone', null));
    expect(keptObjects(store.get()).map(({ key, categoryId }) => [key, categoryId])).toEqual([
      ['a1', 2],
      ['new', 1],
    ]);
  });

  it('note how far the saving is', () => {
    const store = storeWithImages();
    store.apply(objects.setSaveStatus('k', 'saving'));
    expect(store.get().saves).toEqual({ k: 'saving' });
    store.apply(objects.setSaveStatus('k', null));
    expect(store.get().saves).toEqual({});
    const before = store.get();
    store.apply(objects.setSaveStatus('k', null));
    expect(store.get()).toBe(before);
  });
});
