import { beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { previewHover, rememberHover } from '../../../static/js/services/hover_preview.js';
import { setHoverEnabled } from '../../../static/js/state/actions/hover_actions.js';
import { dropFeatures, markFeaturesReady, openImage } from '../../../static/js/state/actions/image_actions.js';
import { chooseTool, setCursor } from '../../../static/js/state/actions/view_actions.js';
import { shownHover } from '../../../static/js/state/hover.js';
import { makeReading, settle, storeWithImages } from '../session_builders.js';

/** @import { DecodeRequest, MaskReading } from '../../../static/js/types.js' */

function makePreviewing() {
  const store = storeWithImages();
  store.apply(markFeaturesReady(1));
  const report = vi.fn();
  /** @type {{resolve: (readings: MaskReading[] | null) => void, reject: (error: Error) => void}[]} */
  const asked = [];
  const hover = vi.fn(
    (/** @type {DecodeRequest} */ _request) =>
      new Promise((/** @type {(readings: MaskReading[] | null) => void} */ resolve, reject) =>
        asked.push({ resolve, reject }),
      ),
  );
  previewHover({ store, decoder: { hover }, report });
  const move = (/** @type {number} */ x) => store.apply(setCursor(imagePoint(x, 40)));
  const answer = async (/** @type {number} */ index) => {
    asked[index].resolve([makeReading({ predictedIou: index / 10 })]);
    await settle();
  };
  return { store, report, hover, asked, move, answer };
}

describe('the preview under the pointer', () => {
  it('asks about every place at once, and shows what comes back', async () => {
    const { store, hover, asked, move, answer } = makePreviewing();
    for (const x of [10, 20, 20, 40]) move(x);
    expect(hover.mock.calls.map(([{ points }]) => points[0].x)).toEqual([10, 20, 40]);
    await answer(0);
    expect(shownHover(store.get())?.point.x).toBe(10);
    asked[1].resolve(null);
    await answer(2);
    expect(shownHover(store.get())?.readings[0].predictedIou).toBe(0.2);
    expect(hover).toHaveBeenCalledTimes(3);
  });

  it('never shows what comes back for an image that was left, and asks for the new one', async () => {
    const { store, hover, move, answer } = makePreviewing();
    move(10);
    store.apply(openImage(2));
    store.apply(markFeaturesReady(2));
    move(10);
    await answer(0);
    expect(shownHover(store.get())).toBeNull();
    expect(hover).toHaveBeenCalledTimes(2);
    await answer(1);
    expect(shownHover(store.get())?.imageId).toBe(2);
  });

  it('goes with the tool, and comes again with it', async () => {
    const { store, hover, move, answer } = makePreviewing();
    move(10);
    await answer(0);
    store.apply(chooseTool('pan'));
    expect(store.get().hover).toBeNull();
    store.apply(chooseTool('point'));
    await answer(1);
    expect(hover).toHaveBeenCalledTimes(2);
    expect(shownHover(store.get())).not.toBeNull();
  });

  it('shows nothing when the decoder has no image by now', async () => {
    const { store, asked, move } = makePreviewing();
    move(10);
    asked[0].resolve(null);
    await settle();
    expect(store.get().hover).toBeNull();
  });

  it('is switched off by a failure, which is reported once', async () => {
    const { store, report, hover, asked, move } = makePreviewing();
    move(10);
    move(15);
    for (const { reject } of asked) reject(new Error('no memory'));
    await settle();
    move(20);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(Error), 'previews were switched off');
    expect(hover).toHaveBeenCalledTimes(2);
    expect(store.get().hoverEnabled).toBe(false);
  });
});

describe('a failure that is told elsewhere', () => {
  it.each([
    ['the worker died', dropFeatures()],
    ['the image was left', openImage(2)],
  ])('leaves previews on when %s', async (_when, action) => {
    const { store, report, asked, move } = makePreviewing();
    move(10);
    store.apply(action);
    asked[0].reject(new Error('gone'));
    await settle();
    expect(report).not.toHaveBeenCalled();
    expect(store.get().hoverEnabled).toBe(true);
  });
});

describe('the choice to preview', () => {
  /** @type {Map<string, string>} */
  let kept;
  const storage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
  beforeEach(() => {
    kept = new Map();
  });

  it('is on at first, and remembered over visits', () => {
    const first = storeWithImages();
    rememberHover(first, storage);
    expect(first.get().hoverEnabled).toBe(true);
    first.apply(setHoverEnabled(false));
    const second = storeWithImages();
    rememberHover(second, storage);
    expect(second.get().hoverEnabled).toBe(false);
    second.apply(setHoverEnabled(true));
    const third = storeWithImages();
    rememberHover(third, storage);
    expect(third.get().hoverEnabled).toBe(true);
  });
});
