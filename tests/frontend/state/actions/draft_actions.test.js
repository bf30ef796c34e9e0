import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { recallDraft } from '../../../../static/js/state/actions/draft_actions.js';
import { loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { addPoint, openObject } from '../../../../static/js/state/actions/prompt_actions.js';
import { canUndo, openDraft } from '../../../../static/js/state/selectors.js';
import { answer, clickAndAnswer, makeCandidate, makeObject, storeWithImages } from '../../session_builders.js';

/** @import {Draft} from '../../../../static/js/state/state_types.js' */

/** @type {(refines?: boolean) => Draft} what an earlier page left unfinished */
const leftDraft = (refines = false) => {
  const store = storeWithImages();
  if (refines) store.apply(openObject(makeObject('a'), makeCandidate(), null));
  clickAndAnswer(store);
  store.apply(addPoint(imagePoint(50, 50), 0));
  answer(store);
  const draft = openDraft(store.get());
  if (!draft) throw new Error('a draft must be open, got none');
  return draft;
};

describe('an unfinished object of an earlier page', () => {
  it('is shown with its clicks and its answer, ready for more', () => {
    const store = storeWithImages();
    const draft = leftDraft();
    store.apply(recallDraft(1, draft, true));
    expect(openDraft(store.get())).toMatchObject({
      points: draft.points,
      candidates: draft.candidates,
      answered: true,
    });
    expect(canUndo(store.get())).toBe(false);
    clickAndAnswer(store);
    expect(openDraft(store.get())?.points).toHaveLength(3);
    expect(openDraft(store.get())?.revision).not.toBe(store.get().documents[1].past[0].draft?.revision);
  });

  it('keeps only its prompts when another model answers now', () => {
    const store = storeWithImages();
    const draft = leftDraft();
    store.apply(recallDraft(1, draft, false));
    expect(openDraft(store.get())).toMatchObject({
      points: draft.points,
      candidates: [],
      answered: false,
      previousLogits: null,
    });
  });

  it('becomes a new object when the one that it refined is gone', () => {
    const store = storeWithImages();
    store.apply(recallDraft(1, leftDraft(true), true));
    expect(openDraft(store.get())?.refines).toBeNull();
    const other = storeWithImages();
    other.apply(loadObjects(1, [makeObject('a')]));
    other.apply(recallDraft(1, leftDraft(true), true));
    expect(openDraft(other.get())?.refines).toBe('a');
  });

  it('does not push aside an object that this page has begun', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const before = store.get();
    store.apply(recallDraft(1, leftDraft(), true));
    expect(store.get()).toBe(before);
  });
});
