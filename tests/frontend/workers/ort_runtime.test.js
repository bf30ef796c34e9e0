import { describe, expect, it, vi } from 'vitest';
import { availableThreads, openGraph } from '../../../static/js/workers/ort_runtime.js';
import { SIDE, VISIBLE_GRAPH } from './model_builders.js';

describe('availableThreads', () => {
  it.each([
    ['one without isolation', false, 8, 1],
    ['one on a single core', true, 1, 1],
    ['as many as there are cores', true, 3, 3],
    ['four at most', true, 16, 4],
  ])('is %s', (_what, crossOriginIsolated, hardwareConcurrency, expected) => {
    vi.stubGlobal('crossOriginIsolated', crossOriginIsolated);
    vi.stubGlobal('navigator', { hardwareConcurrency });
    expect(availableThreads()).toBe(expected);
    vi.unstubAllGlobals();
  });
});

describe('openGraph', () => {
  const filled = (/** @type {number[]} */ shape, /** @type {number} */ value) => ({
    shape,
    values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value),
  });

  it('runs a graph with arrays by name', async () => {
    const session = await openGraph(VISIBLE_GRAPH);
    expect(session).toMatchObject({ threads: 1, provider: 'wasm' });
    const outputs = await session.run(
      new Map([
        ['image_embeddings', filled([1, 4, SIDE, SIDE], 2)],
        ['point_coords', filled([1, 3, 2], 5)],
        ['point_labels', filled([1, 3], 1)],
        ['mask_input', filled([1, 1, SIDE, SIDE], 0.5)],
        ['has_mask_input', filled([1], 1)],
      ]),
    );
    expect(outputs.get('low_res_logits')).toEqual(filled([1, 4, SIDE, SIDE], 2.5));
    expect(outputs.get('iou_predictions')?.values[3]).toBeCloseTo(0.303, 6);
  });

  it('refuses bytes that are no graph', async () => {
    await expect(openGraph(Uint8Array.of(1, 2, 3))).rejects.toThrow();
  });
});
