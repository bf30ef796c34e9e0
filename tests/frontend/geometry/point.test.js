import { describe, expect, it } from 'vitest';
import { canvasPoint, imagePoint, isOnImage, promptPoint } from '../../../static/js/geometry/point.js';

describe('points', () => {
  it('are plain pairs, so that they can be sent and compared', () => {
    expect(imagePoint(1, 2)).toEqual({ x: 1, y: 2 });
    expect(canvasPoint(3, 4)).toEqual({ x: 3, y: 4 });
    expect(promptPoint(imagePoint(1, 2), 0)).toEqual({ x: 1, y: 2, label: 0 });
  });

  it('count the right and bottom edges as outside', () => {
    const imageSize = { width: 4, height: 3 };
    expect(isOnImage(imagePoint(0, 0), imageSize)).toBe(true);
    expect(isOnImage(imagePoint(3.99, 2.99), imageSize)).toBe(true);
    expect(isOnImage(imagePoint(4, 1), imageSize)).toBe(false);
    expect(isOnImage(imagePoint(1, -0.01), imageSize)).toBe(false);
  });
});
