import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { traceContours } from '../../../static/js/masks/contour.js';
import { distanceToSegment, ringsOfContours, simplifyRings } from '../../../static/js/masks/rings.js';
import { maskOfRows, randomMask, sizeOfRows } from './mask_builders.js';

describe('rings', () => {
  it('are one list of points for each outline', () => {
    const rows = ['111', '101', '111'];
    const rings = ringsOfContours(traceContours(maskOfRows(rows), sizeOfRows(rows)));
    expect(rings.map((ring) => ring.length)).toEqual([4, 4]);
  });

  it('lose no more than the tolerance when they are simplified', () => {
    for (let seed = 1; seed < 40; seed += 1) {
      const { mask, size } = randomMask(seed);
      const rings = ringsOfContours(traceContours(mask, size));
      for (const [index, ring] of rings.entries()) {
        const [simple] = simplifyRings([ring], 1.5);
        if (!simple) continue;
        for (const point of rings[index]) {
          const distances = simple.map((a, at) => distanceToSegment(point, a, simple[(at + 1) % simple.length]));
          expect(Math.min(...distances)).toBeLessThanOrEqual(1.5);
        }
      }
    }
  });

  it('keep only the corners without a tolerance', () => {
    const ring = [imagePoint(0, 0), imagePoint(5, 0), imagePoint(10, 0), imagePoint(10, 10), imagePoint(0, 10)];
    expect(simplifyRings([ring], 0)).toEqual([[ring[0], ring[2], ring[3], ring[4]]]);
  });

  it('vanish when nothing of them is left', () => {
    const sliver = [imagePoint(0, 0), imagePoint(10, 0.1), imagePoint(20, 0), imagePoint(10, -0.1)];
    expect(simplifyRings([sliver], 1)).toEqual([]);
  });
});
