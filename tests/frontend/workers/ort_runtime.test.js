import { describe, expect, it, vi } from 'vitest';
import { availableThreads, openGraph } from '../../../static/js/workers/ort_runtime.js';
import { SIDE, VISIBLE_GRAPH, VISIBLE_SHAPES } from './model_builders.js';

describe('availableThreads', () => {
  it.each([
    ['one without isolation', false, 8, 1],
    ['one on a single core', true, 1, 1],
    ['two on two cores', true, 2, 2],
    ['one less than there are cores', true, 4, 3],
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

  it('runs a graph with arrays by name, without those that are empty', async () => {
    const session = await openGraph(VISIBLE_GRAPH);
    expect(session).toMatchObject({ threads: 1, provider: 'wasm', ...VISIBLE_SHAPES });
    const points = new Map([
      ['point_coords', filled([1, 3, 2], 5)],
      ['point_labels', filled([1, 3], 1)],
    ]);
    const none = filled([0, 4, SIDE, SIDE], 0);
    const noMask = filled([0, 1, SIDE, SIDE], 0);
    const image = filled([1, 4, SIDE, SIDE], 2);
    const constants = await session.run(
      new Map([...points, ['image_embeddings', image], ['doubled', none], ['mask_input', noMask]]),
      ['doubled_of_image'],
    );
    expect([...constants]).toEqual([['doubled_of_image', filled([1, 4, SIDE, SIDE], 4)]]);
    for (const [mask, logit] of /** @type {const} */ ([
      [noMask, 2],
      [filled([1, 1, SIDE, SIDE], 0.5), 2.5],
    ])) {
      const outputs = await session.run(
        new Map([
          ...points,
          ['image_embeddings', none],
          ['doubled', filled([1, 4, SIDE, SIDE], 4)],
          ['mask_input', mask],
        ]),
        ['low_res_logits', 'iou_predictions'],
      );
      expect(outputs.get('low_res_logits')).toEqual(filled([1, 4, SIDE, SIDE], logit));
      expect(outputs.get('iou_predictions')?.values[3]).toBeCloseTo(0.303, 6);
    }
  });

  it('refuses bytes that are no graph', async () => {
    await expect(openGraph(Uint8Array.of(1, 2, 3))).rejects.toThrow();
  });
});
