import { describe, expect, it } from 'vitest';
import { SHARES, closeUpCrop, visiblePart } from '../../../static/js/geometry/close_up_crop.js';
import { seededRandom } from '../random.js';

const IMAGE = { width: 4000, height: 3000 };
const CANVAS = { width: 1000, height: 700 };
const MODEL = 512;

// A view whose top left corner shows a place of the image.
const viewAt = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ scale) => ({
  scale,
  offsetX: -x * scale,
  offsetY: -y * scale,
});

describe('the part of an image that is worth an embedding of its own', () => {
  it('is what is seen, with a margin, between multiples of 32 pixels', () => {
    const crop = closeUpCrop(IMAGE, viewAt(1000, 1000, 1), CANVAS, MODEL, SHARES.byItself);
    expect(crop).toEqual({ x: 832, y: 864, width: 1344, height: 960 });
  });

  it('stays the same while the view moves a little', () => {
    const first = closeUpCrop(IMAGE, viewAt(1010, 1010, 1), CANVAS, MODEL, SHARES.byItself);
    expect(closeUpCrop(IMAGE, viewAt(1003, 1006, 1), CANVAS, MODEL, SHARES.byItself)).toEqual(first);
  });

  it('is none where nothing would be sharper', () => {
    const far = viewAt(0, 0, 0.25);
    expect(closeUpCrop(IMAGE, far, CANVAS, MODEL, SHARES.asked)).toBeNull();
    expect(closeUpCrop({ width: 500, height: 300 }, viewAt(0, 0, 4), CANVAS, MODEL, SHARES.asked)).toBeNull();
    expect(closeUpCrop(IMAGE, viewAt(9000, 0, 1), CANVAS, MODEL, SHARES.asked)).toBeNull();
  });

  it('comes on a key where it would not come by itself', () => {
    const view = viewAt(500, 500, 0.45);
    expect(closeUpCrop(IMAGE, view, CANVAS, MODEL, SHARES.byItself)).toBeNull();
    expect(closeUpCrop(IMAGE, view, CANVAS, MODEL, SHARES.asked)).not.toBeNull();
  });

  it('always lies on the image, has whole numbers, holds what is seen and is not enlarged beyond use', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 300; round += 1) {
      const view = viewAt(random() * 3900, random() * 2900, 0.2 + random() * 20);
      const crop = closeUpCrop(IMAGE, view, CANVAS, MODEL, SHARES.asked);
      if (!crop) continue;
      const { left, top, right, bottom } = visiblePart(IMAGE, view, CANVAS);
      expect([crop.x, crop.y, crop.width, crop.height].every(Number.isInteger)).toBe(true);
      expect(crop.x).toBeGreaterThanOrEqual(0);
      expect(crop.x).toBeLessThanOrEqual(left);
      expect(crop.x + crop.width).toBeGreaterThanOrEqual(right);
      expect(crop.x + crop.width).toBeLessThanOrEqual(IMAGE.width);
      expect(crop.y).toBeLessThanOrEqual(top);
      expect(crop.y + crop.height).toBeGreaterThanOrEqual(bottom);
      expect(crop.y + crop.height).toBeLessThanOrEqual(IMAGE.height);
      // Near a border half of what is missing may lie beside the image.
      expect(Math.min(crop.width, crop.height)).toBeGreaterThanOrEqual(MODEL / 8);
    }
  });
});
