import { expect, it } from 'vitest';
import { PATTERNS, TILE_SIDE, isPattern, patternOf } from '../../../static/js/state/patterns.js';

it('takes what it does not know for plain', () => {
  expect(patternOf({ pattern: 'dots' })).toBe('dots');
  for (const category of [null, undefined, {}, { pattern: 'zigzag' }, { pattern: 'toString' }]) {
    expect(patternOf(category)).toBe('plain');
  }
  expect([isPattern('crosshatch'), isPattern(7), isPattern('')]).toEqual([true, false, false]);
});

it('has lines that go on in the next tile, on whichever side they leave', () => {
  const ends = (/** @type {string} */ path) =>
    [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [+x, +y]);
  for (const name of /** @type {const} */ (['stripes_up', 'stripes_down', 'crosshatch'])) {
    const points = ends(PATTERNS[name].path);
    const cuts = [];
    for (let at = 0; at < points.length; at += 2) {
      const [[x0, y0], [x1, y1]] = [points[at], points[at + 1]];
      const rises = (y1 - y0) / (x1 - x0);
      expect(Math.abs(rises)).toBe(1);
      cuts.push(`${rises} ${(((y0 - rises * x0) % TILE_SIDE) + TILE_SIDE) % TILE_SIDE}`);
    }
    // Through every corner and nowhere else: one line of the plane for each direction.
    expect(new Set(cuts).size).toBe(name === 'crosshatch' ? 2 : 1);
  }
});
