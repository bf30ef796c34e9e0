import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildPyramid, levelFor } from '../../../static/js/render/image_pyramid.js';

/** @type {(width: number, height: number) => ImageBitmap} */
const bitmap = (width, height) => ({ width, height, close: () => {} });

afterEach(() => vi.unstubAllGlobals());

describe('image pyramid', () => {
  it('halves a large photograph until it is small', async () => {
    const shrink = async (/** @type {ImageBitmap} */ _, /** @type {ImageBitmapOptions} */ options) =>
      bitmap(options.resizeWidth ?? 0, options.resizeHeight ?? 0);
    vi.stubGlobal('createImageBitmap', vi.fn(shrink));
    const levels = await buildPyramid(bitmap(4000, 3000));
    expect(levels.map(({ scale }) => scale)).toEqual([1, 0.5, 0.25]);
  });

  it('leaves a small photograph as it is', async () => {
    const photo = bitmap(600, 400);
    expect(await buildPyramid(photo)).toEqual([{ source: photo, scale: 1 }]);
  });

  it('draws from the smallest copy that is sharp enough', () => {
    const levels = [1, 0.5, 0.25].map((scale) => ({ source: bitmap(1, 1), scale }));
    expect(levelFor(levels, 3)?.scale).toBe(1);
    expect(levelFor(levels, 0.5)?.scale).toBe(0.5);
    expect(levelFor(levels, 0.3)?.scale).toBe(0.5);
    expect(levelFor(levels, 0.01)?.scale).toBe(0.25);
    expect(levelFor([], 1)).toBeUndefined();
  });
});
