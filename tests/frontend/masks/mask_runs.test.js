import { describe, expect, it } from 'vitest';
import { bboxOfEdges, edgesOfMask } from '../../../static/js/masks/edges.js';
import {
  areaOfRuns,
  bboxOfRuns,
  eachSpan,
  rleOfRuns,
  runsContain,
  runsOfIntervals,
  runsOfRle,
  shiftRuns,
} from '../../../static/js/masks/mask_runs.js';
import { decodeRle, encodeRle } from '../../../static/js/masks/rle.js';
import { formatCounts } from '../../../static/js/masks/rle_counts.js';
import { seededRandom } from '../random.js';
import { randomMask, samePixels } from './mask_builders.js';

describe('mask runs', () => {
  it('come back as the same run lengths, area and box', () => {
    for (let seed = 1; seed < 120; seed += 1) {
      const { mask, size } = randomMask(seed);
      const rle = encodeRle(mask, size);
      const runs = runsOfRle(rle);
      expect(rleOfRuns(runs, size)).toEqual(rle);
      expect(areaOfRuns(runs)).toBe(mask.reduce((sum, inside) => sum + inside, 0));
      expect(bboxOfRuns(runs, size.height)).toEqual(bboxOfEdges(edgesOfMask(mask, size)));
    }
  });

  it('say of every pixel whether it is inside', () => {
    const { mask, size } = randomMask(7);
    const runs = runsOfRle(encodeRle(mask, size));
    for (let y = 0; y < size.height; y += 1) {
      for (let x = 0; x < size.width; x += 1) {
        const inside = mask[y * size.width + x] === 1;
        expect(runsContain(runs, size.height, { x: x + 0.99, y })).toBe(inside);
      }
    }
  });

  it('join stretches that other tools cut in two', () => {
    const rle = { size: /** @type {const} */ ([4, 2]), counts: formatCounts(Int32Array.of(1, 2, 0, 3, 2)) };
    expect([...runsOfRle(rle)]).toEqual([1, 6]);
  });

  it('are what at least one of overlapping stretches has', () => {
    const starts = Int32Array.of(9, 1, 3, 5, 20);
    const ends = Int32Array.of(12, 4, 5, 6, 22);
    expect([...runsOfIntervals(starts, ends)]).toEqual([1, 6, 9, 12, 20, 22]);
    expect(runsOfIntervals(new Int32Array(0), new Int32Array(0))).toHaveLength(0);
  });

  it('move by whole pixels and are cut at the border of another image', () => {
    const random = seededRandom(5);
    for (let seed = 200; seed < 260; seed += 1) {
      const { mask, size } = randomMask(seed);
      const to = { width: 1 + Math.floor(40 * random()), height: 1 + Math.floor(40 * random()) };
      const by = { dx: Math.floor(30 * random()) - 15, dy: Math.floor(30 * random()) - 15 };
      const moved = shiftRuns(runsOfRle(encodeRle(mask, size)), by, size, to);
      const expected = new Uint8Array(to.width * to.height);
      for (let y = 0; y < size.height; y += 1) {
        for (let x = 0; x < size.width; x += 1) {
          const [column, row] = [x + by.dx, y + by.dy];
          if (column < 0 || row < 0 || column >= to.width || row >= to.height) continue;
          expected[row * to.width + column] = mask[y * size.width + x];
        }
      }
      expect(samePixels(decodeRle(rleOfRuns(moved, to)), expected)).toBe(true);
    }
  });

  it('are visited column by column', () => {
    /** @type {number[][]} */
    const spans = [];
    eachSpan(Int32Array.of(2, 9, 10, 12), 4, (...span) => spans.push(span));
    expect(spans).toEqual([
      [0, 2, 4],
      [1, 0, 4],
      [2, 0, 1],
      [2, 2, 4],
    ]);
  });
});
