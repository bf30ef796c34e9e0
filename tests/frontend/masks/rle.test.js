import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRle, encodeRle, rleArea, rleBbox } from '../../../static/js/masks/rle.js';
import { maskOfRows, randomMask, samePixels, sizeOfRows } from './mask_builders.js';

/** @typedef {{ name: string, rows: string[], rle: import('../../../static/js/types.js').Rle, area: number, bbox: number[] }} RleCase */

/** @type {RleCase[]} */
const CASES = JSON.parse(readFileSync(new URL('../fixtures/rle.json', import.meta.url), 'utf8'));

describe('run lengths against pycocotools', () => {
  it.each(CASES)('encodes "$name" to the same string', ({ rows, rle }) => {
    expect(encodeRle(maskOfRows(rows), sizeOfRows(rows))).toEqual(rle);
  });

  it.each(CASES)('decodes "$name" to the same pixels', ({ rows, rle }) => {
    expect(decodeRle(rle)).toEqual(maskOfRows(rows));
  });

  it.each(CASES)('measures "$name" the same', ({ rle, area, bbox }) => {
    expect(rleArea(rle)).toBe(area);
    expect(rleBbox(rle)).toEqual(bbox);
  });
});

describe('run lengths', () => {
  it('give every mask back, whatever its size', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const { mask, size } = randomMask(seed);
      const rle = encodeRle(mask, size);
      expect(samePixels(decodeRle(rle), mask), `seed ${seed}`).toBe(true);
      expect(rleArea(rle)).toBe(mask.reduce((sum, value) => sum + value, 0));
    }
  });

  it('survive a large image with runs of millions of pixels', () => {
    const size = { width: 3001, height: 2000 };
    const mask = new Uint8Array(size.width * size.height).fill(1, 1_000_001, 5_000_007);
    const rle = encodeRle(mask, size);
    expect(rleArea(rle)).toBe(4_000_006);
    expect(samePixels(decodeRle(rle), mask)).toBe(true);
  });

  it('accept a background run of no pixels between two inside runs', () => {
    // 1, 2, 0, 1, 2: one pixel outside, 2 + 1 inside, 2 outside. The fourth number is stored as 1 - 2 = -1.
    const joined = { size: /** @type {const} */ ([3, 2]), counts: '120O2' };
    expect(decodeRle(joined)).toEqual(maskOfRows(['01', '10', '10']));
    expect(encodeRle(decodeRle(joined), { width: 2, height: 3 }).counts).toBe('132');
  });

  it.each([
    ['too few pixels', '5', /must add up to 3 x 2 = 6 pixels, got 5/],
    ['too many pixels', '9', /must add up to 3 x 2 = 6 pixels, got 9/],
    ['a foreign character', '5 1', /must use the characters '0' to 'o', got ' ' at 1/],
    ['a number that is cut off', 'o', /must end with a whole number/],
    ['a negative run', 'O7', /must be 0 or more, got -1 at run 0/],
  ])('refuse %s', (_what, counts, message) => {
    expect(() => decodeRle({ size: [3, 2], counts })).toThrow(message);
    expect(() => decodeRle({ size: [3, 2], counts })).toThrow(RangeError);
  });
});
