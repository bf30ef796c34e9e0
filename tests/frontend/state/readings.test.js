import { describe, expect, it } from 'vitest';
import { READINGS, readingIndex, readingName } from '../../../static/js/state/readings.js';

const SIZES = [20, 90, 50];

describe('readings', () => {
  it('are named by size, whatever the order of the masks', () => {
    expect(READINGS.map((name) => readingIndex(SIZES, name))).toEqual([1, 2, 0]);
    expect([0, 1, 2].map((index) => readingName(SIZES, index))).toEqual(['subpart', 'whole', 'part']);
  });

  it('are the best predicted mask when none is wanted, or when there are not three', () => {
    expect(readingIndex(SIZES, null)).toBe(0);
    expect(readingIndex([7], 'part')).toBe(0);
    expect(readingName([7, 8], 0)).toBeNull();
  });

  it('stay apart when masks are equally large', () => {
    expect(READINGS.map((name) => readingIndex([5, 5, 5], name))).toEqual([0, 1, 2]);
  });
});
