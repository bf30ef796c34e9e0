import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  combineRuns,
  fillHoles,
  holesOfRuns,
  invertRuns,
  joinRuns,
  removeIslands,
  splitRuns,
} from '../../../static/js/masks/mask_algebra.js';
import { areaOfRuns, rleOfRuns, runsOfRle } from '../../../static/js/masks/mask_runs.js';
import { encodeRle } from '../../../static/js/masks/rle.js';
import { maskOfRows, randomMask, sizeOfRows } from './mask_builders.js';

/** @import { MaskOperation, MaskRuns, Size } from '../../../static/js/types.js' */

/**
 * @typedef {Record<MaskOperation | 'a' | 'b' | 'filled', string> &
 *   { size: [number, number], parts: number[], partCounts: string[] }} AlgebraCase
 */

/** @type {AlgebraCase[]} */
const CASES = JSON.parse(readFileSync(new URL('../fixtures/mask_algebra.json', import.meta.url), 'utf8'));

/** @type {readonly MaskOperation[]} */
const OPERATIONS = ['union', 'subtract', 'intersect', 'exclude'];

/** @type {(size: [number, number], counts: string) => MaskRuns} */
const runsOf = (size, counts) => runsOfRle({ size, counts });

/** @type {(runs: MaskRuns, size: Size) => string} */
const countsOf = (runs, size) => rleOfRuns(runs, size).counts;

/** @type {(seed: number) => { a: MaskRuns, b: MaskRuns, size: Size }} */
const randomPair = (seed) => {
  const { mask, size } = randomMask(seed);
  const other = mask.slice().reverse();
  return { a: runsOfRle(encodeRle(mask, size)), b: runsOfRle(encodeRle(other, size)), size };
};

describe.each(CASES)('masks of $size against numpy', (record) => {
  const size = { height: record.size[0], width: record.size[1] };
  const a = runsOf(record.size, record.a);
  const b = runsOf(record.size, record.b);

  it.each(OPERATIONS)('%s', (operation) => {
    expect(countsOf(combineRuns(a, b, operation), size)).toBe(record[operation]);
  });

  it('splits into the parts whose pixels share edges, largest first', () => {
    const parts = splitRuns(a, size);
    expect(parts.map(areaOfRuns)).toEqual(record.parts);
    expect(parts.map((part) => countsOf(part, size)).sort()).toEqual(record.partCounts);
  });

  it('fills what the mask surrounds', () => {
    expect(countsOf(fillHoles(a, size), size)).toBe(record.filled);
  });
});

describe('mask algebra', () => {
  it('keeps the laws of sets', () => {
    for (let seed = 1; seed < 80; seed += 1) {
      const { a, b, size } = randomPair(seed);
      expect(combineRuns(a, b, 'subtract')).toEqual(combineRuns(a, invertRuns(b, size), 'intersect'));
      expect(combineRuns(a, b, 'union')).toEqual(combineRuns(b, a, 'union'));
      expect(combineRuns(combineRuns(a, b, 'exclude'), b, 'exclude')).toEqual(a);
      expect(joinRuns(splitRuns(a, size))).toEqual(a);
      expect(invertRuns(invertRuns(a, size), size)).toEqual(a);
    }
  });

  it('fills small holes only, and removes small parts only', () => {
    const rows = ['1111111000', '1000101010', '1000111000', '1000100011', '1111100011'];
    const size = sizeOfRows(rows);
    const runs = runsOfRle(encodeRle(maskOfRows(rows), size));
    expect(holesOfRuns(runs, size).map(areaOfRuns).sort()).toEqual([1, 9]);
    expect(areaOfRuns(fillHoles(runs, size, 1))).toBe(areaOfRuns(runs) + 1);
    expect(areaOfRuns(removeIslands(runs, size, 1))).toBe(areaOfRuns(runs) - 1);
    expect(splitRuns(removeIslands(runs, size), size)).toHaveLength(1);
  });

  it('has nothing to do for an empty mask', () => {
    const none = new Int32Array(0);
    const size = { width: 4, height: 3 };
    expect(splitRuns(none, size)).toEqual([]);
    expect(removeIslands(none, size)).toHaveLength(0);
    expect(fillHoles(none, size)).toHaveLength(0);
    expect(joinRuns([])).toHaveLength(0);
    expect([...invertRuns(none, size)]).toEqual([0, 12]);
  });

  it('takes no hole for one that is open at the border or across a corner', () => {
    const rows = ['0110', '1010', '1100'];
    const size = sizeOfRows(rows);
    const runs = runsOfRle(encodeRle(maskOfRows(rows), size));
    expect(holesOfRuns(runs, size)).toEqual([]);
  });
});
