import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { createExactMasks } from '../../../static/js/services/exact_masks.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { setThreshold } from '../../../static/js/state/actions/threshold_actions.js';
import { isExact } from '../../../static/js/state/mask_threshold.js';
import { openDraft, shownCandidate } from '../../../static/js/state/selectors.js';
import { SQUARE, answer, makeCandidate, makeReading, makeRle, storeWithImages } from '../session_builders.js';

/** @import {ExactMask, LogitsPlacement} from '../../../static/js/types.js' */

const { placement } = makeReading();

function makeFollowing() {
  const store = storeWithImages();
  store.apply(addPoint(imagePoint(15, 25), 1));
  answer(store, [makeCandidate({ placement })]);
  const report = vi.fn();
  const makeExact = vi.fn(
    async (/** @type {Float32Array} */ _logits, /** @type {number} */ _side, /** @type {LogitsPlacement} */ where) =>
      /** @type {ExactMask} */ ({
        rle: makeRle(`at ${where.threshold}`),
        area: 4,
        bbox: [0, 0, 2, 2],
        contours: SQUARE,
      }),
  );
  const exact = createExactMasks({ store, makeExact, report });
  exact.start();
  const shown = () => shownCandidate(openDraft(store.get()));
  return { store, report, makeExact, exact, shown };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('exact masks', () => {
  it('follow the threshold once it has come to rest', async () => {
    const { store, makeExact, shown } = makeFollowing();
    for (const threshold of [1, 2, 3]) {
      store.apply(setThreshold(threshold));
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(makeExact).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(makeExact).toHaveBeenCalledOnce();
    expect(shown()?.rle.counts).toBe('at 3');
  });

  it('are there at once when somebody waits for them, though the threshold moves on', async () => {
    const { store, makeExact, exact, shown } = makeFollowing();
    store.apply(setThreshold(1));
    const settled = exact.settle();
    store.apply(setThreshold(2));
    expect(await settled).toBe(true);
    expect(shown()?.rle.counts).toBe('at 2');
    await vi.advanceTimersByTimeAsync(500);
    expect(makeExact).toHaveBeenCalledTimes(2);
  });

  it('say when they could not be made, and keep the object as it was', async () => {
    const { store, report, makeExact, exact } = makeFollowing();
    makeExact.mockRejectedValueOnce(new Error('no memory'));
    store.apply(setThreshold(1));
    expect(await exact.settle()).toBe(false);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'the mask does not follow the threshold');
    expect(isExact(openDraft(store.get()))).toBe(false);
    expect(await exact.settle()).toBe(true);
  });
});
