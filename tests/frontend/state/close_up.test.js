import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { markFeaturesReady } from '../../../static/js/state/actions/image_actions.js';
import { setCloseUp, markCloseUpReady } from '../../../static/js/state/actions/close_up_actions.js';
import { acceptDraft, objectFromDraft } from '../../../static/js/state/actions/object_actions.js';
import { addPoint, movePoint, removePoint, setBox } from '../../../static/js/state/actions/prompt_actions.js';
import { setModel } from '../../../static/js/state/actions/view_actions.js';
import { readyCrop } from '../../../static/js/state/close_up.js';
import { hoverQuestion } from '../../../static/js/state/hover.js';
import { keptObjects, openDraft } from '../../../static/js/state/selectors.js';
import { answer, hoverAt, makeCandidate, storeWithImages } from '../session_builders.js';

const CROP = { x: 0, y: 0, width: 60, height: 60 };
const SIZES = {
  imageSize: { width: 100, height: 80 },
  inputSize: { width: 10, height: 8 },
  modelSize: 10,
  threshold: 0,
};

// The image is 100 x 80; the model sees 10 pixels and gives 2 x 2 logits.
function closeStore() {
  const store = storeWithImages();
  store.apply(setModel({ modelId: 'm', name: 'm', imageSize: 10 }));
  store.apply(markFeaturesReady(1));
  const closeUp = { imageId: 1, crop: CROP, ready: false };
  store.apply(setCloseUp(closeUp));
  store.apply(markCloseUpReady(closeUp));
  const draft = () => {
    const open = openDraft(store.get());
    if (!open) throw new Error('an object must be open');
    return open;
  };
  return {
    store,
    draft,
    reply: (/** @type {object} */ change = {}) => answer(store, [candidateOn(draft().crop, change)]),
  };
}

/** @type {(crop: typeof CROP | null | undefined, change?: object) => ReturnType<typeof makeCandidate>} */
const candidateOn = (crop, change = {}) =>
  makeCandidate({
    ...{ logits: Float32Array.of(1, 2, 3, 4), side: 2, bbox: [10, 20, 20, 20], area: 400 },
    placement: { ...SIZES, ...(crop ? { crop } : {}) },
    ...change,
  });

describe('the close-up', () => {
  it('answers prompts that lie on it, from the first on', () => {
    const { store, draft, reply } = closeStore();
    store.apply(addPoint(imagePoint(15, 25), 1));
    expect(draft().crop).toEqual(CROP);
    reply();
    const { logits } = draft().candidates[0];
    store.apply(addPoint(imagePoint(20, 30), 1));
    expect(draft().crop).toEqual(CROP);
    expect(draft().previousLogits).toBe(logits);
  });

  it('leaves prompts beside it, boxes that go beyond it and masks that do to the whole image', () => {
    for (const prompt of [addPoint(imagePoint(61, 25), 1), setBox([50, 50, 70, 70])]) {
      const { store, draft } = closeStore();
      store.apply(prompt);
      expect(draft().crop).toBeNull();
    }
    const { store, draft } = closeStore();
    store.apply(setCloseUp(null));
    store.apply(addPoint(imagePoint(15, 25), 1));
    answer(store, [candidateOn(null, { bbox: [10, 20, 70, 20] })]);
    const closeUp = { imageId: 1, crop: CROP, ready: true };
    store.apply(setCloseUp(closeUp));
    store.apply(addPoint(imagePoint(20, 30), 1));
    expect(draft().crop).toBeNull();
  });

  it('does not count while it is encoded, and not on another image', () => {
    const { store } = closeStore();
    expect(readyCrop(store.get())).toEqual(CROP);
    store.apply(setCloseUp({ imageId: 1, crop: CROP, ready: false }));
    expect(readyCrop(store.get())).toBeNull();
    store.apply(setCloseUp({ imageId: 2, crop: CROP, ready: true }));
    expect(store.get().closeUp?.imageId).toBe(1);
  });

  it('gets the logits of the whole image moved to it, and gives them back moved, the same ones each time', () => {
    const { store, draft, reply } = closeStore();
    store.apply(setCloseUp(null));
    store.apply(addPoint(imagePoint(15, 25), 1));
    answer(store, [candidateOn(null)]);
    store.apply(setCloseUp({ imageId: 1, crop: CROP, ready: true }));
    store.apply(addPoint(imagePoint(20, 30), 1));
    expect(draft().crop).toEqual(CROP);
    const moved = draft().previousLogits;
    expect(moved).toHaveLength(4);
    expect(moved?.[0]).toBeCloseTo(1, 5);
    reply();
    store.apply(addPoint(imagePoint(90, 70), 0));
    expect(draft().crop).toBeNull();
    const back = draft().previousLogits;
    // The far cells are hardly on the close-up, so they are mostly background.
    expect(back?.[0]).toBeGreaterThan(0);
    expect(back?.[3]).toBeLessThan(0);
    store.apply(undoStep());
    expect(draft().previousLogits).toBe(moved);
    store.apply(addPoint(imagePoint(90, 71), 0));
    expect(draft().previousLogits).toBe(back);
  });

  it('keeps the newest click with the logits it was asked with when it is moved off the close-up', () => {
    const { store, draft, reply } = closeStore();
    store.apply(addPoint(imagePoint(15, 25), 1));
    reply();
    store.apply(addPoint(imagePoint(20, 30), 1));
    reply();
    store.apply(movePoint(1, imagePoint(90, 30)));
    expect(draft().crop).toBeNull();
    expect(draft().previousLogits).toHaveLength(4);
    store.apply(removePoint(1));
    expect(draft().crop).toEqual(CROP);
    expect(draft().previousLogits).toBeNull();
  });

  it('drops logits that cannot be moved, because the model is not known', () => {
    const { store, draft, reply } = closeStore();
    store.apply(addPoint(imagePoint(15, 25), 1));
    reply();
    store.apply(setModel({ modelId: 'm', name: 'm' }));
    store.apply(addPoint(imagePoint(90, 70), 0));
    expect(draft()).toMatchObject({ crop: null, previousLogits: null });
  });

  it('is what the pointer asks too', () => {
    const { store } = closeStore();
    hoverAt(store, 15, 25);
    expect(hoverQuestion(store.get())?.request.crop).toEqual(CROP);
    hoverAt(store, 90, 25);
    expect(hoverQuestion(store.get())?.request.crop).toBeNull();
  });

  it('gives masks that are kept without its logits', () => {
    const { store, draft, reply } = closeStore();
    store.apply(addPoint(imagePoint(15, 25), 1));
    reply();
    const identity = { key: 'k', modelId: 'm' };
    expect(objectFromDraft(draft(), identity)).toMatchObject({
      logits: null,
      hasLogits: false,
      area: 400,
      modelId: 'm',
    });
    const fromServer = { ...draft(), candidates: [candidateOn(null, { placement: undefined, crop: CROP })] };
    expect(objectFromDraft(fromServer, identity)?.hasLogits).toBe(false);
    store.apply(acceptDraft(identity));
    expect(keptObjects(store.get())[0].logits).toBeNull();
  });
});
