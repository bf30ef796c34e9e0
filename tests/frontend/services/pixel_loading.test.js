import { describe, expect, it, vi } from 'vitest';
import { createPixelLoading } from '../../../static/js/services/pixel_loading.js';
import { makeImage, settle } from '../session_builders.js';

function makeLoading() {
  const fetchPixels = vi.fn(async () => new Blob(['pixels']));
  const decode = vi.fn(async () => ({ width: 1 }));
  return { fetchPixels, loading: createPixelLoading({ fetchPixels, decode }) };
}

describe('pixel loading', () => {
  it('keeps the images that were shown last', async () => {
    const { fetchPixels, loading } = makeLoading();
    await loading.load(makeImage(1));
    await loading.load(makeImage(2));
    expect(await loading.load(makeImage(1))).toEqual({ width: 1 });
    expect(fetchPixels).toHaveBeenCalledTimes(2);
  });

  it('lets go of the one that was not shown for the longest time', async () => {
    const { fetchPixels, loading } = makeLoading();
    for (const id of [1, 2, 3, 4, 1, 5, 1]) await loading.load(makeImage(id));
    expect(fetchPixels).toHaveBeenCalledTimes(5);
    await loading.load(makeImage(2));
    expect(fetchPixels).toHaveBeenCalledTimes(6);
  });

  it('loads ahead of time what is expected to be shown', async () => {
    const { fetchPixels, loading } = makeLoading();
    loading.expect(makeImage(1));
    expect(await loading.load(makeImage(1))).toEqual({ width: 1 });
    expect(fetchPixels).toHaveBeenCalledOnce();
  });

  it('tries again after a failure', async () => {
    const { fetchPixels, loading } = makeLoading();
    fetchPixels.mockRejectedValueOnce(new Error('down'));
    await expect(loading.load(makeImage(1))).rejects.toThrow('down');
    await settle();
    await expect(loading.load(makeImage(1))).resolves.toEqual({ width: 1 });
  });
});
