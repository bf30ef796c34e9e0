import { describe, expect, it } from 'vitest';
import { edgesOfMask } from '../../../static/js/masks/edges.js';
import { formatCounts } from '../../../static/js/masks/rle_counts.js';
import { edgesOfRle, readCounts, rleOfEdges } from '../../../static/js/masks/rle_edges.js';
import { randomMask } from './mask_builders.js';

/** @type {(height: number, width: number, counts: number[]) => import('../../../static/js/types.js').Rle} */
const rleOfCounts = (height, width, counts) => ({
  size: [height, width],
  counts: formatCounts(Int32Array.from(counts)),
});

describe('edges of run lengths', () => {
  it('are the edges of the pixels', () => {
    for (let seed = 4000; seed < 4100; seed += 1) {
      const { mask, size } = randomMask(seed);
      const edges = edgesOfMask(mask, size);
      expect(edgesOfRle(rleOfEdges(edges, size)).join()).toBe(edges.join());
    }
  });

  it('do not depend on runs of no pixels that other tools write', () => {
    const plain = edgesOfRle(rleOfCounts(4, 2, [1, 5, 2]));
    expect(edgesOfRle(rleOfCounts(4, 2, [1, 2, 0, 3, 2]))).toEqual(plain);
    expect(edgesOfRle(rleOfCounts(4, 2, [1, 2, 0, 0, 0, 3, 2, 0]))).toEqual(plain);
  });

  it('are none for an empty mask', () => {
    expect(edgesOfRle(rleOfCounts(3, 3, [9]))).toHaveLength(0);
    expect(rleOfEdges(new Int32Array(0), { width: 3, height: 3 })).toEqual(rleOfCounts(3, 3, [9]));
  });
});

describe('readCounts', () => {
  it('refuses counts that do not fill the size', () => {
    expect(() => readCounts(rleOfCounts(3, 3, [4, 4]))).toThrow(/must add up to 3 x 3 = 9 pixels, got 8/);
  });
});
