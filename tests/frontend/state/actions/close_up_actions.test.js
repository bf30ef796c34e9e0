import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { answerOnWhole, markCloseUpReady, setCloseUp } from '../../../../static/js/state/actions/close_up_actions.js';
import { redoStep, undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { markFeaturesReady, openImage } from '../../../../static/js/state/actions/image_actions.js';
import { addPoint } from '../../../../static/js/state/actions/prompt_actions.js';
import { openDraft } from '../../../../static/js/state/selectors.js';
import { storeWithImages } from '../../session_builders.js';

const CLOSE_UP = { imageId: 1, crop: { x: 0, y: 0, width: 60, height: 60 }, ready: false };

describe('close-up actions', () => {
  it('show what is encoded, and that it is there, unless another one was wanted meanwhile', () => {
    const store = storeWithImages();
    store.apply(setCloseUp(CLOSE_UP));
    const other = { ...CLOSE_UP };
    store.apply(markCloseUpReady(other));
    expect(store.get().closeUp).toBe(CLOSE_UP);
    store.apply(markCloseUpReady(CLOSE_UP));
    expect(store.get().closeUp).toEqual({ ...CLOSE_UP, ready: true });
  });

  it('end with the image', () => {
    const store = storeWithImages();
    store.apply(setCloseUp(CLOSE_UP));
    store.apply(openImage(2));
    expect(store.get().closeUp).toBeNull();
  });

  it('give prompts without an answer to the whole image, wherever the history has them', () => {
    const store = storeWithImages();
    store.apply(markFeaturesReady(1));
    store.apply(setCloseUp({ ...CLOSE_UP, ready: true }));
    store.apply(addPoint(imagePoint(15, 25), 1));
    const draft = openDraft(store.get());
    expect(draft?.crop).toEqual(CLOSE_UP.crop);
    store.apply(undoStep());
    store.apply(answerOnWhole(1, draft?.revision ?? -1));
    store.apply(redoStep());
    expect(openDraft(store.get())).toEqual({ ...draft, crop: null });
    const before = store.get().documents;
    store.apply(answerOnWhole(1, 999));
    expect(store.get().documents).toEqual(before);
  });
});
