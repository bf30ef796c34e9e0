import { describe, expect, it } from 'vitest';
import { EffortBook, LONGEST_PAUSE_MS } from '../../../static/js/services/effort_book.js';
import { redoStep, undoStep } from '../../../static/js/state/actions/history_actions.js';
import { acceptDraft, loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { openObject } from '../../../static/js/state/actions/prompt_actions.js';
import { keptObjects } from '../../../static/js/state/selectors.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';
import { clickAndAnswer, makeCandidate, makeObject, makeRle, answer, storeWithImages } from '../session_builders.js';

function measuredStore() {
  const book = new EffortBook();
  const store = createSessionStore(storeWithImages().get(), (next, previous) => book.complete(next, previous));
  return { book, store };
}

const IDENTITY = { key: 'new', modelId: null };

describe('effort book', () => {
  it('writes clicks, undos and working time into the object that comes of them', () => {
    const { book, store } = measuredStore();
    for (const now of [0, 1000, 1500, 60_000]) book.noteSign(1, now);
    clickAndAnswer(store);
    clickAndAnswer(store, 20, 30);
    store.apply(undoStep());
    clickAndAnswer(store, 22, 33);
    store.apply(acceptDraft(IDENTITY));
    expect(keptObjects(store.get())[0].effort).toEqual({
      clicks: 3,
      undo_count: 1,
      hand_edits: 0,
      active_ms: 1500 + LONGEST_PAUSE_MS,
    });
  });

  it('is there when the listeners see the object, so that it is sent once', () => {
    const { store } = measuredStore();
    /** @type {(number | undefined)[]} */
    const seen = [];
    store.subscribe((state) => seen.push(keptObjects(state)[0]?.effort?.clicks));
    clickAndAnswer(store);
    store.apply(acceptDraft(IDENTITY));
    expect(seen.filter((clicks) => clicks !== undefined)).toEqual([1]);
  });

  it('adds a refinement to what the object had, and leaves undo and redo of it alone', () => {
    const { store } = measuredStore();
    const object = makeObject('a', { effort: { clicks: 4, undo_count: 0, hand_edits: 0, active_ms: 900 } });
    store.apply(loadObjects(1, [object]));
    store.apply(openObject(object, makeCandidate({ rle: object.rle }), null));
    clickAndAnswer(store);
    answer(store, [makeCandidate({ rle: makeRle('refined') })]);
    store.apply(acceptDraft(IDENTITY));
    const refined = keptObjects(store.get())[0];
    expect(refined.effort?.clicks).toBe(5);
    store.apply(undoStep());
    store.apply(redoStep());
    expect(keptObjects(store.get())[0]).toBe(refined);
  });

  it('does not count pauses away from an image', () => {
    const { book, store } = measuredStore();
    book.noteSign(1, 0);
    book.noteSign(null, 3000);
    book.noteSign(1, 3500);
    clickAndAnswer(store);
    store.apply(acceptDraft(IDENTITY));
    expect(keptObjects(store.get())[0].effort?.active_ms).toBe(500);
  });
});
