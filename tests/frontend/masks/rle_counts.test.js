import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatCounts, parseCounts } from '../../../static/js/masks/rle_counts.js';
import { seededRandom } from '../random.js';

/** @type {{ name: string, rle: { counts: string } }[]} */
const CASES = JSON.parse(readFileSync(new URL('../fixtures/rle.json', import.meta.url), 'utf8'));

describe('counts as text', () => {
  it.each(CASES)('are the text of pycocotools for "$name"', ({ rle: { counts } }) => {
    expect(formatCounts(parseCounts(counts))).toBe(counts);
  });

  it('are one character for runs below 16', () => {
    expect(formatCounts(Int32Array.of(0, 15))).toBe('0?');
    expect(formatCounts(Int32Array.of(16))).toBe('`0');
  });

  it('store the fourth run and later ones as differences', () => {
    expect(formatCounts(Int32Array.of(9, 9, 9, 9, 8))).toBe('9990O');
  });

  it('come back from a round trip, long runs included', () => {
    const random = seededRandom(4);
    for (let trial = 0; trial < 50; trial += 1) {
      const counts = Int32Array.from({ length: 40 }, () => Math.floor(2 ** (29 * random())));
      expect(parseCounts(formatCounts(counts))).toEqual(counts);
    }
  });

  it('are nothing for an empty text', () => {
    expect(parseCounts('')).toEqual(new Int32Array(0));
  });
});
