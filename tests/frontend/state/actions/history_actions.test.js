import { describe, expect, it } from 'vitest';
import { redoStep, undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { previewBox } from '../../../../static/js/state/actions/prompt_actions.js';
import { acceptDraft, deleteObject } from '../../../../static/js/state/actions/object_actions.js';
import { keptObjects, openDraft } from '../../../../static/js/state/selectors.js';
import { createSessionState } from '../../../../static/js/state/session_state.js';
import { clickAndAnswer, storeWithImages } from '../../session_builders.js';

describe('history actions', () => {
  it('take prompts back one by one, with the very candidates that were shown', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const first = openDraft(store.get());
    clickAndAnswer(store, 20, 30);
    const second = openDraft(store.get());
    store.apply(undoStep());
    expect(openDraft(store.get())).toBe(first);
    store.apply(undoStep());
    expect(openDraft(store.get())).toBeNull();
    store.apply(redoStep());
    store.apply(redoStep());
    expect(openDraft(store.get())).toBe(second);
  });

  it('take accepting and deleting back through the same stack', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(acceptDraft({ key: 'k', modelId: null }));
    store.apply(deleteObject('k'));
    expect(keptObjects(store.get())).toEqual([]);
    store.apply(undoStep());
    expect(keptObjects(store.get())).toHaveLength(1);
    store.apply(undoStep());
    expect(keptObjects(store.get())).toEqual([]);
    expect(openDraft(store.get())?.points).toHaveLength(1);
  });

  it('drop the preview of a gesture', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(previewBox([0, 0, 5, 5]));
    store.apply(undoStep());
    expect(store.get().preview).toBeNull();
  });

  it('do nothing without a step or an image', () => {
    const state = createSessionState();
    expect(undoStep()(state)).toBe(state);
    const store = storeWithImages();
    const before = store.get();
    store.apply(redoStep());
    expect(store.get()).toBe(before);
  });
});
