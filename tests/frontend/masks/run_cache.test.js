import { expect, it } from 'vitest';
import { cachedRuns, rememberRuns } from '../../../static/js/masks/run_cache.js';

it('reads a mask once, unless its stretches are known', () => {
  const rle = { size: /** @type {[number, number]} */ ([2, 2]), counts: '13' };
  expect(cachedRuns(rle)).toEqual(Int32Array.of(1, 4));
  expect(cachedRuns(rle)).toBe(cachedRuns(rle));
  const runs = Int32Array.of(0, 1);
  const made = { size: /** @type {[number, number]} */ ([2, 2]), counts: 'never read' };
  rememberRuns(made, runs);
  expect(cachedRuns(made)).toBe(runs);
});
