import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TAP_COUNT, axisTaps } from '../../../static/js/masks/interpolation.js';

/** @import { Size } from '../../../static/js/types.js' */

/**
 * @typedef {{ name: string, side: number, modelSize: number, inputSize: Size, imageSize: Size, logits: number[],
 *   values: number[] }} InterpolationCase
 */

/** @type {InterpolationCase[]} */
const CASES = JSON.parse(readFileSync(new URL('../fixtures/interpolation.json', import.meta.url), 'utf8'));

describe('axisTaps against torch', () => {
  it.each(CASES)('weighs as torch does: $name', ({ side, modelSize, inputSize, imageSize, logits, values }) => {
    const columns = axisTaps(side, modelSize, inputSize.width, imageSize.width);
    const rows = axisTaps(side, modelSize, inputSize.height, imageSize.height);
    let worst = 0;
    for (let y = 0; y < imageSize.height; y += 1) {
      for (let x = 0; x < imageSize.width; x += 1) {
        let value = 0;
        for (let tap = 0; tap < 9; tap += 1) {
          const weight = rows.weights[3 * y + Math.floor(tap / 3)] * columns.weights[3 * x + (tap % 3)];
          const row = rows.bases[y] + Math.floor(tap / 3);
          if (weight > 0) value += weight * logits[row * side + columns.bases[x] + (tap % 3)];
        }
        worst = Math.max(worst, Math.abs(value - values[y * imageSize.width + x]));
      }
    }
    expect(worst).toBeLessThan(3e-5);
  });
});

describe('axisTaps', () => {
  it('gives weights that are not negative and add up to one', () => {
    const { bases, weights } = axisTaps(7, 29, 23, 101);
    expect(bases).toHaveLength(101);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    for (let index = 0; index < bases.length; index += 1) {
      const [first, second, third] = weights.subarray(TAP_COUNT * index, TAP_COUNT * (index + 1));
      expect(first + second + third).toBeCloseTo(1, 12);
    }
  });

  it('groups neighbouring pixels that depend on the same values', () => {
    const { bases, groupStarts } = axisTaps(4, 16, 16, 64);
    expect(groupStarts[0]).toBe(0);
    expect(groupStarts[groupStarts.length - 1]).toBe(64);
    for (let group = 0; group + 1 < groupStarts.length; group += 1) {
      const own = new Set(bases.subarray(groupStarts[group], groupStarts[group + 1]));
      expect(own.size).toBe(1);
    }
  });

  it.each([
    ['more logits than model pixels', [32, 16, 16, 10]],
    ['more image than model', [4, 16, 17, 10]],
    ['no image', [4, 16, 0, 10]],
  ])('refuses %s', (_what, [side, modelSize, inputLength, imageLength]) => {
    expect(() => axisTaps(side, modelSize, inputLength, imageLength)).toThrow(/sizes must satisfy side <= modelSize/);
  });
});
