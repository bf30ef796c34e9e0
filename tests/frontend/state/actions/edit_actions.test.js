import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { editDraft, replaceObjects } from '../../../../static/js/state/actions/edit_actions.js';
import { redoStep, undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { acceptDraft, loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { addPoint, openObject, removePoint } from '../../../../static/js/state/actions/prompt_actions.js';
import { keptObjects, openDraft, shownCandidate } from '../../../../static/js/state/selectors.js';
import { answer, clickAndAnswer, makeCandidate, makeObject, storeWithImages } from '../../session_builders.js';

const EDIT = /** @type {const} */ ({ tool: 'brush', box: [0, 0, 5, 5] });

describe('editing by hand', () => {
  it('replaces, deletes and adds in one step, in place', () => {
    const store = storeWithImages();
    store.apply(loadObjects(1, [makeObject('a'), makeObject('b'), makeObject('c')]));
    const before = store.get();
    store.apply(
      replaceObjects(
        new Map([
          ['a', []],
          ['b', [makeObject('b', { area: 1 }), makeObject('b2')]],
        ]),
        [makeObject('d')],
      ),
    );
    expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(['b', 'b2', 'c', 'd']);
    store.apply(undoStep());
    expect(keptObjects(store.get())).toBe(keptObjects(before));
  });

  it('makes no step of nothing, and closes the object that it replaces', () => {
    const store = storeWithImages();
    store.apply(loadObjects(1, [makeObject('a')]));
    store.apply(openObject(makeObject('a'), makeCandidate(), null));
    const before = store.get();
    store.apply(replaceObjects(new Map([['other', []]])));
    expect(store.get()).toBe(before);
    store.apply(replaceObjects(new Map([['a', []]])));
    expect(openDraft(store.get())).toBeNull();
  });

  it('goes on from the drawn mask with the next click, and undo gives the clicks and logits back', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const clicked = openDraft(store.get());
    const drawn = makeCandidate({ area: 7, logits: Float32Array.of(9, 9, 9, 9) });
    store.apply(editDraft(drawn, EDIT));
    expect(openDraft(store.get())).toMatchObject({ answered: true, changed: true, handEdits: [EDIT] });
    store.apply(addPoint(imagePoint(1, 1), 0));
    expect(openDraft(store.get())?.previousLogits).toBe(drawn.logits);
    store.apply(undoStep());
    expect(shownCandidate(openDraft(store.get()))).toBe(drawn);
    store.apply(undoStep());
    expect(openDraft(store.get())).toBe(clicked);
    store.apply(redoStep());
    expect(shownCandidate(openDraft(store.get()))).toBe(drawn);
  });

  it('keeps the drawn mask when the last click is taken away', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(editDraft(makeCandidate({ area: 7 }), EDIT));
    store.apply(removePoint(0));
    expect(openDraft(store.get())).toMatchObject({ answered: true, points: [] });
    expect(shownCandidate(openDraft(store.get()))?.area).toBe(7);
  });

  it('starts a new object, which is kept with what was drawn', () => {
    const store = storeWithImages();
    store.apply(editDraft(makeCandidate({ logits: new Float32Array(0), side: 0 }), EDIT));
    store.apply(acceptDraft({ key: 'k', modelId: 'model' }));
    expect(keptObjects(store.get())).toMatchObject([{ key: 'k', handEdits: [EDIT], logits: null, hasLogits: false }]);
  });

  it('is not overwritten by an answer that comes late', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    store.apply(addPoint(imagePoint(9, 9), 1));
    answer(store, [makeCandidate({ area: 3 })]);
    const revision = openDraft(store.get())?.revision;
    store.apply(editDraft(makeCandidate({ area: 7 }), EDIT));
    expect(openDraft(store.get())?.revision).not.toBe(revision);
  });
});
