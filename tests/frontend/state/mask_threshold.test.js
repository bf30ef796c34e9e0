import { describe, expect, it } from 'vitest';
import { isExact, snapThreshold, thresholdOf } from '../../../static/js/state/mask_threshold.js';
import { setThreshold } from '../../../static/js/state/actions/threshold_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { answer, clickAndAnswer, makeCandidate, makeReading, storeWithImages } from '../session_builders.js';

const { placement } = makeReading();

function answered() {
  const store = storeWithImages();
  store.apply(addPoint(imagePoint(15, 25), 1));
  answer(store, [makeCandidate({ placement })]);
  return store;
}

describe('the threshold in force', () => {
  it("is the model's own until it is moved, and the mask is exact until then", () => {
    const store = answered();
    expect(thresholdOf(openDraft(store.get()))).toBe(0);
    expect(isExact(openDraft(store.get()))).toBe(true);
    store.apply(setThreshold(1.5));
    expect(thresholdOf(openDraft(store.get()))).toBe(1.5);
    expect(isExact(openDraft(store.get()))).toBe(false);
  });

  it('leaves an answer that is under way alone', () => {
    const store = answered();
    store.apply(setThreshold(1.5));
    store.apply(addPoint(imagePoint(18, 25), 1));
    expect(isExact(openDraft(store.get()))).toBe(true);
    expect(openDraft(store.get())?.threshold).toBe(1.5);
  });

  it('cannot be moved without an object, and where another decoder answered', () => {
    expect(thresholdOf(null)).toBeNull();
    const store = storeWithImages();
    clickAndAnswer(store);
    expect(thresholdOf(openDraft(store.get()))).toBeNull();
  });

  it('cannot be moved once the mask was changed by hand', () => {
    const draft = openDraft(answered().get());
    const edited = draft && {
      ...draft,
      handEdits: [{ tool: /** @type {const} */ ('brush'), box: /** @type {const} */ ([0, 0, 1, 1]) }],
    };
    expect(thresholdOf(edited)).toBeNull();
  });
});

it('moves in steps, within its range', () => {
  expect([0.3, -0.4, 99, -99].map(snapThreshold)).toEqual([0.25, -0.5, 10, -10]);
});
