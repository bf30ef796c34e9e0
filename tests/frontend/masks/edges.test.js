import { describe, expect, it } from 'vitest';
import { edgesOfMask, maskOfEdges } from '../../../static/js/masks/edges.js';
import { maskOfRows, randomMask, samePixels, sizeOfRows } from './mask_builders.js';

describe('edges', () => {
  it('are y, x0, x1 and whether the pixels below are inside', () => {
    const rows = ['0110', '0111'];
    expect(Array.from(edgesOfMask(maskOfRows(rows), sizeOfRows(rows)))).toEqual([
      ...[0, 1, 3, 1],
      ...[1, 3, 4, 1],
      ...[2, 1, 4, 0],
    ]);
  });

  it('break where inside and outside change sides', () => {
    const rows = ['10', '01'];
    expect(Array.from(edgesOfMask(maskOfRows(rows), sizeOfRows(rows))).slice(4, 12)).toEqual([
      ...[1, 0, 1, 0],
      ...[1, 1, 2, 1],
    ]);
  });

  it('paint the mask that they come from, whatever its width', () => {
    for (let seed = 3000; seed < 3150; seed += 1) {
      const { mask, size } = randomMask(seed);
      expect(samePixels(maskOfEdges(edgesOfMask(mask, size), size), mask), `seed ${seed}`).toBe(true);
    }
  });

  it('are the same for a mask that does not start on a word of memory', () => {
    const { mask, size } = randomMask(8);
    const shifted = new Uint8Array(mask.length + 1).subarray(1);
    shifted.set(mask);
    expect(edgesOfMask(shifted, size)).toEqual(edgesOfMask(mask, size));
  });
});
