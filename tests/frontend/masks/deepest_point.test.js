import { describe, expect, it } from 'vitest';
import { combineRuns } from '../../../static/js/masks/mask_algebra.js';
import { deepestPoints } from '../../../static/js/masks/deepest_point.js';
import { runsOfRings } from '../../../static/js/masks/shape_runs.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { seededRandom } from '../random.js';

/** @import {MaskRuns, Size} from '../../../static/js/types.js' */

const SIZE = { width: 60, height: 50 };

/** @type {(x: number, y: number, width: number, height: number, size?: Size) => MaskRuns} */
const rectangle = (x, y, width, height, size = SIZE) =>
  runsOfRings(
    [[imagePoint(x, y), imagePoint(x + width, y), imagePoint(x + width, y + height), imagePoint(x, y + height)]],
    size,
  );

/** @type {(runs: MaskRuns, point: {x: number, y: number}, size?: Size) => boolean} */
const isInside = (runs, { x, y }, { height } = SIZE) =>
  combineRuns(
    runs,
    Int32Array.of(Math.floor(x) * height + Math.floor(y), Math.floor(x) * height + Math.floor(y) + 1),
    'intersect',
  ).length > 0;

describe('deepest points', () => {
  it('lie in the middle, at the centre of a pixel', () => {
    expect(deepestPoints(rectangle(10, 20, 9, 9), SIZE)).toEqual([{ x: 14.5, y: 24.5 }]);
    expect(deepestPoints(rectangle(3, 4, 1, 1), SIZE, 3)).toEqual([{ x: 3.5, y: 4.5 }]);
    expect(deepestPoints(new Int32Array(0), SIZE)).toEqual([]);
  });

  it('keep away from holes, and from each other', () => {
    const ring = combineRuns(rectangle(0, 0, 40, 40), rectangle(5, 5, 20, 20), 'subtract');
    const [first, second] = deepestPoints(ring, SIZE, 3);
    expect(Math.min(first.x, first.y)).toBeGreaterThan(25);
    expect(Math.hypot(first.x - second.x, first.y - second.y)).toBeGreaterThan(5);
  });

  it('are as deep as a search through all pixels finds, for any mask', () => {
    const random = seededRandom(2);
    const any = (/** @type {number} */ below) => Math.floor(random() * below);
    for (let trial = 0; trial < 8; trial += 1) {
      let runs = rectangle(any(30), any(25), 1 + any(30), 1 + any(25));
      for (let part = 0; part < 3; part += 1) {
        runs = combineRuns(
          runs,
          rectangle(any(40), any(30), 1 + any(20), 1 + any(20)),
          part === 2 ? 'subtract' : 'union',
        );
      }
      if (runs.length === 0) continue;
      const [found] = deepestPoints(runs, SIZE);
      expect(isInside(runs, found)).toBe(true);
      const depthAt = depthsOf(runs);
      let most = 0;
      for (let at = 0; at < runs.length; at += 2) {
        for (let position = runs[at]; position < runs[at + 1]; position += 1) {
          const [x, y] = [Math.floor(position / SIZE.height) + 0.5, (position % SIZE.height) + 0.5];
          most = Math.max(most, depthAt({ x, y }));
        }
      }
      expect(depthAt(found)).toBe(most);
    }
  });

  it('are found in a large mask as well, and in one too thin for the sampled pixels', () => {
    const size = { width: 4000, height: 3000 };
    const wide = rectangle(100, 100, 3000, 1000, size);
    const [found] = deepestPoints(wide, size);
    expect(found.y).toBeGreaterThan(500);
    expect(found.y).toBeLessThan(700);
    const thin = rectangle(7, 5, 3900, 1, size);
    expect(isInside(thin, deepestPoints(thin, size)[0], size)).toBe(true);
  });
});

/** @type {(runs: MaskRuns) => (point: {x: number, y: number}) => number} squared, to the nearest pixel outside */
function depthsOf(runs) {
  const inside = new Set();
  for (let at = 0; at < runs.length; at += 2) {
    for (let position = runs[at]; position < runs[at + 1]; position += 1) inside.add(position);
  }
  /** @type {[x: number, y: number][]} */
  const outside = [];
  for (let x = -1; x <= SIZE.width; x += 1) {
    for (let y = -1; y <= SIZE.height; y += 1) {
      const isOn = x >= 0 && y >= 0 && x < SIZE.width && y < SIZE.height;
      if (!isOn || !inside.has(x * SIZE.height + y)) outside.push([x + 0.5, y + 0.5]);
    }
  }
  return (point) => outside.reduce((best, [x, y]) => Math.min(best, (x - point.x) ** 2 + (y - point.y) ** 2), Infinity);
}
