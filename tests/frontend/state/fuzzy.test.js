import { describe, expect, it } from 'vitest';
import { fuzzyFind, fuzzyScore } from '../../../static/js/state/fuzzy.js';

describe('fuzzy search', () => {
  it('wants every letter, in order', () => {
    expect(fuzzyScore('cat', 'concatenate')).toBeGreaterThan(0);
    expect(fuzzyScore('cta', 'cat')).toBe(0);
    expect(fuzzyScore('', 'cat')).toBe(1);
  });

  it('prefers starts of words and letters that stand together', () => {
    const names = ['concatenate', 'traffic light', 'cat', 'truck left'];
    expect(fuzzyFind('cat', names, (name) => name)[0]).toBe('cat');
    expect(fuzzyFind('tl', names, (name) => name).slice(0, 2)).toEqual(
      ['traffic light', 'truck left'].sort((a, b) => fuzzyScore('tl', b) - fuzzyScore('tl', a)),
    );
    expect(fuzzyFind('', names, (name) => name)).toEqual(names);
    expect(fuzzyFind('xyz', names, (name) => name)).toEqual([]);
  });
});
