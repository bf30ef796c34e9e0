import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { acceptDraft, loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { addPoint, openObject } from '../../../../static/js/state/actions/prompt_actions.js';
import {
  receiveExact,
  setThreshold,
  toggleUncertainty,
} from '../../../../static/js/state/actions/threshold_actions.js';
import { isExact } from '../../../../static/js/state/mask_threshold.js';
import { canUndo, keptObjects, openDraft, shownCandidate } from '../../../../static/js/state/selectors.js';
import {
  SQUARE,
  answer,
  makeCandidate,
  makeObject,
  makeReading,
  makeRle,
  storeWithImages,
} from '../../session_builders.js';

const { placement } = makeReading();
/** @type {import('../../../../static/js/types.js').ExactMask} */
const SMALLER = { rle: makeRle('smaller'), area: 9, bbox: [12, 22, 3, 3], contours: SQUARE };

function answered() {
  const store = storeWithImages();
  store.apply(addPoint(imagePoint(15, 25), 1));
  answer(store, [makeCandidate({ placement })]);
  return store;
}

describe('the threshold of the open object', () => {
  it('is no step of its own, and is kept with the mask that was made with it', () => {
    const store = answered();
    const before = store.get().documents[1].past.length;
    store.apply(setThreshold(2));
    expect(store.get().documents[1].past).toHaveLength(before);
    const candidate = shownCandidate(openDraft(store.get()));
    if (!candidate) throw new Error('a candidate must be shown, got none');
    store.apply(receiveExact(1, candidate, SMALLER, 2));
    expect(isExact(openDraft(store.get()))).toBe(true);
    store.apply(acceptDraft({ key: 'k', modelId: 'm' }));
    expect(keptObjects(store.get())[0]).toMatchObject({ area: 9, prompts: { threshold: 2 } });
    expect(canUndo(store.get())).toBe(true);
  });

  it('comes back with a kept object, and a moved one is kept as a change', () => {
    const store = storeWithImages();
    const object = makeObject('k', { prompts: { points: [], box: null, threshold: -1 } });
    store.apply(loadObjects(1, [object]));
    const candidate = makeCandidate({ placement: { ...placement, threshold: -1 } });
    store.apply(openObject(object, candidate, null));
    expect(isExact(openDraft(store.get()))).toBe(true);
    store.apply(setThreshold(3));
    store.apply(receiveExact(1, candidate, SMALLER, 3));
    store.apply(acceptDraft({ key: 'other', modelId: 'm' }));
    expect(keptObjects(store.get())).toMatchObject([{ key: 'k', area: 9, prompts: { threshold: 3 } }]);
  });

  it('goes back to that of the model', () => {
    const store = answered();
    store.apply(setThreshold(2));
    store.apply(setThreshold(null));
    expect(openDraft(store.get())?.threshold).toBeNull();
  });

  it('forgets a mask that comes for a candidate that is gone', () => {
    const store = answered();
    const before = store.get().documents;
    store.apply(receiveExact(1, makeCandidate({ placement }), SMALLER, 2));
    expect(store.get().documents[1].content).toBe(before[1].content);
  });
});

it('shows and hides where the decoder is unsure', () => {
  const store = storeWithImages();
  store.apply(toggleUncertainty());
  expect(store.get().uncertaintyShown).toBe(true);
  store.apply(toggleUncertainty());
  expect(store.get().uncertaintyShown).toBe(false);
});
