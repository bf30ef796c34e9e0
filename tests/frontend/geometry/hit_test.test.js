import { describe, expect, it } from 'vitest';
import { isInsideContours, nearestPointIndex } from '../../../static/js/geometry/hit_test.js';
import { imagePoint } from '../../../static/js/geometry/point.js';

describe('nearestPointIndex', () => {
  const points = [imagePoint(0, 0), imagePoint(10, 0), imagePoint(10, 0)];

  it('finds the nearest point, the topmost of equal ones', () => {
    expect(nearestPointIndex(points, imagePoint(1, 1), 5)).toBe(0);
    expect(nearestPointIndex(points, imagePoint(9, 0), 5)).toBe(2);
  });

  it('finds nothing beyond the radius', () => {
    expect(nearestPointIndex(points, imagePoint(5, 5), 5)).toBe(-1);
    expect(nearestPointIndex([], imagePoint(5, 5), 5)).toBe(-1);
  });
});

describe('isInsideContours', () => {
  const frame = {
    points: Int32Array.of(0, 0, 6, 0, 6, 6, 0, 6, 2, 2, 4, 2, 4, 4, 2, 4),
    ringStarts: Int32Array.of(0, 4),
  };

  it('knows the body from the hole and from the outside', () => {
    expect(isInsideContours(frame, imagePoint(1, 3))).toBe(true);
    expect(isInsideContours(frame, imagePoint(3, 3))).toBe(false);
    expect(isInsideContours(frame, imagePoint(7, 3))).toBe(false);
  });

  it('is false everywhere for an empty mask', () => {
    const empty = { points: new Int32Array(0), ringStarts: new Int32Array(0) };
    expect(isInsideContours(empty, imagePoint(0, 0))).toBe(false);
  });
});
