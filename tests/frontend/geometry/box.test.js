import { describe, expect, it } from 'vitest';
import {
  boxAround,
  boxContains,
  boxFromCorners,
  boxFromXywh,
  boxesOverlap,
  clampBox,
  isBoxLargeEnough,
} from '../../../static/js/geometry/box.js';
import { imagePoint } from '../../../static/js/geometry/point.js';

describe('boxes', () => {
  it('come out the same from any drag direction', () => {
    const corners = [imagePoint(1, 2), imagePoint(5, 8), imagePoint(5, 2), imagePoint(1, 8)];
    for (const [start, end] of [
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ]) {
      expect(boxFromCorners(corners[start], corners[end])).toEqual([1, 2, 5, 8]);
    }
  });

  it('lie in one around them', () => {
    expect(boxAround([])).toBeNull();
    expect(
      boxAround([
        [0, 5, 2, 6],
        [1, 0, 9, 3],
      ]),
    ).toEqual([0, 0, 9, 6]);
  });

  it('overlap where they share a place, their edges included', () => {
    expect(boxesOverlap([0, 0, 5, 5], [5, 5, 9, 9])).toBe(true);
    expect(boxesOverlap([0, 0, 5, 5], [2, 6, 9, 9])).toBe(false);
    expect(boxesOverlap([0, 0, 9, 9], [2, 2, 3, 3])).toBe(true);
  });

  it('are cut at the edges of the image', () => {
    expect(clampBox([-5, 1, 30, 40], { width: 20, height: 10 })).toEqual([0, 1, 20, 10]);
  });

  it('are too small when either side is', () => {
    expect(isBoxLargeEnough([0, 0, 3, 3], 3)).toBe(true);
    expect(isBoxLargeEnough([0, 0, 9, 2], 3)).toBe(false);
  });

  it('contain their edges', () => {
    expect(boxContains([1, 1, 2, 2], imagePoint(2, 1))).toBe(true);
    expect(boxContains([1, 1, 2, 2], imagePoint(2.1, 1))).toBe(false);
  });

  it('change from the order of COCO to corners', () => {
    expect(boxFromXywh([3, 4, 10, 20])).toEqual([3, 4, 13, 24]);
  });
});
