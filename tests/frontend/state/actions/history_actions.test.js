import { describe, expect, it } from 'vitest';
import {
  bringSteps,
  leaveSteps,
  recallSteps,
  redoStep,
  undoStep,
} from '../../../../static/js/state/actions/history_actions.js';
import { previewBox } from '../../../../static/js/state/actions/prompt_actions.js';
import { acceptDraft, deleteObject } from '../../../../static/js/state/actions/object_actions.js';
import { canRedo, canUndo, currentDocument, keptObjects, openDraft } from '../../../../static/js/state/selectors.js';
import { createSessionState } from '../../../../static/js/state/session_state.js';
import { clickAndAnswer, makeObject, storeWithImages } from '../../session_builders.js';

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

  it('go on from the steps of an earlier page, before those of this one', () => {
    const store = storeWithImages();
    const step = (/** @type {string} */ key) => ({ objects: [makeObject(key)], draft: null });
    const history = { past: [step('a')], future: [step('c')], earlier: 4, later: 2, draft: null, nextRevision: 90 };
    store.apply(recallSteps(1, history));
    const { past, future, earlier, later } = history;
    expect(currentDocument(store.get())).toMatchObject({ past, future, earlier, later });
    expect(store.get().nextRevision).toBe(90);
    expect([canUndo(store.get()), canRedo(store.get())]).toEqual([true, true]);
    store.apply(leaveSteps(1, 0));
    expect(currentDocument(store.get())).toMatchObject({ past: [], future: [], earlier: 5, later: 3 });
    expect([canUndo(store.get()), canRedo(store.get())]).toEqual([true, true]);
    store.apply(undoStep());
    expect(keptObjects(store.get())).toEqual([]);
    store.apply(bringSteps(1, { past: history.past }));
    store.apply(undoStep());
    expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(['a']);
    clickAndAnswer(store);
    const quick = { ...history, future: [step('d')] };
    store.apply(recallSteps(1, quick));
    expect(currentDocument(store.get())).toMatchObject({ future: [], later: 0 });
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
