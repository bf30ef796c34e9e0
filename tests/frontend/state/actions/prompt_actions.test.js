import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { undoStep } from '../../../../static/js/state/actions/history_actions.js';
import * as prompts from '../../../../static/js/state/actions/prompt_actions.js';
import { setCategories } from '../../../../static/js/state/actions/category_actions.js';
import { openImage } from '../../../../static/js/state/actions/image_actions.js';
import { openDraft } from '../../../../static/js/state/selectors.js';
import { answer, clickAndAnswer, makeCandidate, makeObject, storeWithImages } from '../../session_builders.js';

const AT = imagePoint(15, 25);

describe('prompt actions', () => {
  it('start an object with the active class and combine clicks and a box on it', () => {
    const store = storeWithImages();
    store.apply(prompts.addPoint(AT, 1));
    store.apply(prompts.setBox([1, 2, 30, 40]));
    store.apply(prompts.addPoint(imagePoint(2, 3), 0));
    expect(openDraft(store.get())).toMatchObject({
      categoryId: 1,
      box: [1, 2, 30, 40],
      points: [
        { x: 15, y: 25, label: 1 },
        { x: 2, y: 3, label: 0 },
      ],
      answered: false,
    });
    expect(store.get().promptAnchor).toEqual({ x: 2, y: 3 });
  });

  it('give every set of prompts its own number', () => {
    const store = storeWithImages();
    store.apply(prompts.addPoint(AT, 1));
    const first = openDraft(store.get())?.revision;
    store.apply(undoStep());
    store.apply(prompts.addPoint(AT, 0));
    expect(openDraft(store.get())?.revision).not.toBe(first);
  });

  it('bring an answer to the prompts it belongs to, even when they were taken back meanwhile', () => {
    const store = storeWithImages();
    store.apply(prompts.addPoint(AT, 1));
    const revision = openDraft(store.get())?.revision ?? 0;
    store.apply(undoStep());
    store.apply(prompts.receiveAnswer({ imageId: 1, revision, candidates: [makeCandidate()], totalMs: 5 }));
    expect(openDraft(store.get())).toBeNull();
    expect(store.get().documents[1].future[0].draft?.answered).toBe(true);
    expect(store.get().lastDecodeMs).toBe(5);
  });

  it('ignore an answer that comes too late', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const shown = openDraft(store.get());
    store.apply(prompts.receiveAnswer({ imageId: 1, revision: 99, candidates: [], totalMs: 5 }));
    expect(openDraft(store.get())).toBe(shown);
  });

  it('show another candidate without a step of its own', () => {
    const store = storeWithImages();
    store.apply(prompts.addPoint(AT, 1));
    answer(store, [makeCandidate(), makeCandidate({ token: 2 })]);
    const steps = store.get().documents[1].past.length;
    store.apply(prompts.chooseCandidate(1));
    expect(openDraft(store.get())?.candidateIndex).toBe(1);
    expect(store.get().documents[1].past).toHaveLength(steps);
    store.apply(prompts.chooseCandidate(7));
    expect(openDraft(store.get())?.candidateIndex).toBe(1);
  });

  it('move and remove clicks, and close the object with the last one', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(prompts.movePoint(0, imagePoint(50, 60)));
    expect(openDraft(store.get())?.points[0]).toMatchObject({ x: 50, y: 60 });
    store.apply(prompts.setBox([0, 0, 9, 9]));
    store.apply(prompts.removeBox());
    store.apply(prompts.removePoint(0));
    expect(openDraft(store.get())).toBeNull();
  });

  it('discard the object as one step', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const draft = openDraft(store.get());
    store.apply(prompts.discardDraft());
    expect(openDraft(store.get())).toBeNull();
    store.apply(undoStep());
    expect(openDraft(store.get())).toBe(draft);
  });

  it('keep an unfinished object on its image', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const draft = openDraft(store.get());
    store.apply(openImage(2));
    expect(openDraft(store.get())).toBeNull();
    store.apply(openImage(1));
    expect(openDraft(store.get())).toBe(draft);
  });

  it('open a kept object with its own mask', () => {
    const store = storeWithImages();
    store.apply(prompts.openObject(makeObject('a1'), makeCandidate(), null));
    expect(openDraft(store.get())).toMatchObject({ refines: 'a1', changed: false, answered: true });
  });

  it('give the open object another class as one step', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(prompts.setDraftCategory(2));
    expect(openDraft(store.get())?.categoryId).toBe(2);
    const before = store.get();
    store.apply(prompts.setDraftCategory(2));
    expect(store.get()).toBe(before);
    store.apply(undoStep());
    expect(openDraft(store.get())?.categoryId).toBe(1);
  });

  it('do nothing while there is no class', () => {
    const store = storeWithImages();
    store.apply(setCategories([]));
    const before = store.get();
    store.apply(prompts.addPoint(AT, 1));
    expect(store.get()).toBe(before);
  });

  it('show and drop the box of a gesture', () => {
    const store = storeWithImages();
    store.apply(prompts.previewBox([1, 2, 3, 4]));
    expect(store.get().preview?.box).toEqual([1, 2, 3, 4]);
    store.apply(prompts.previewBox(null));
    expect(store.get().preview).toBeNull();
  });
});
