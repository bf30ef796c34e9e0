import { describe, expect, it } from 'vitest';
import { canvasPoint, imagePoint } from '../../../static/js/geometry/point.js';
import {
  ZOOM_LIMITS,
  canvasToImage,
  clampViewport,
  fitViewport,
  imageToCanvas,
  panBy,
  visibleShare,
  zoomAt,
} from '../../../static/js/geometry/viewport.js';
import { seededRandom } from '../random.js';

const VIEW = Object.freeze({ scale: 2, offsetX: 10, offsetY: -5 });

describe('viewport', () => {
  it('says which part of the image is shown', () => {
    const [image, canvas] = [
      { width: 100, height: 80 },
      { width: 200, height: 160 },
    ];
    const seen = (/** @type {[number, number, number]} */ [scale, offsetX, offsetY]) =>
      visibleShare({ scale, offsetX, offsetY }, image, canvas);
    expect(seen([2, 0, 0])).toEqual({ left: 0, top: 0, width: 1, height: 1 });
    expect(seen([1, 50, 40])).toEqual({ left: 0, top: 0, width: 1, height: 1 });
    expect(seen([4, -100, -160])).toEqual({ left: 0.25, top: 0.5, width: 0.5, height: 0.5 });
    expect(seen([4, 100, 0])).toEqual({ left: 0, top: 0, width: 0.25, height: 0.5 });
  });

  it('draws an image position at scale and offset', () => {
    expect(imageToCanvas(VIEW, imagePoint(3, 4))).toEqual({ x: 16, y: 3 });
  });

  it('comes back to the same image position after a round trip', () => {
    const random = seededRandom(1);
    for (let trial = 0; trial < 200; trial += 1) {
      const view = { scale: 2 ** (12 * random() - 6), offsetX: 4000 * (random() - 0.5), offsetY: 4000 * random() };
      const point = imagePoint(8000 * random(), 8000 * random());
      const back = canvasToImage(view, imageToCanvas(view, point));
      expect(back.x).toBeCloseTo(point.x, 6);
      expect(back.y).toBeCloseTo(point.y, 6);
    }
  });

  it('keeps the image position under the pointer while zooming', () => {
    const anchor = canvasPoint(321, 123);
    const before = canvasToImage(VIEW, anchor);
    const after = canvasToImage(zoomAt(VIEW, anchor, 1.7), anchor);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  it('undoes a zoom by the inverse zoom', () => {
    const anchor = canvasPoint(50, 60);
    const view = zoomAt(zoomAt(VIEW, anchor, 3), anchor, 1 / 3);
    expect(view.scale).toBeCloseTo(VIEW.scale, 9);
    expect(view.offsetX).toBeCloseTo(VIEW.offsetX, 9);
  });

  it('stops zooming at its limits and does not drift there', () => {
    const atLimit = zoomAt(VIEW, canvasPoint(0, 0), 1e9);
    expect(atLimit.scale).toBe(ZOOM_LIMITS.maxScale);
    expect(zoomAt(atLimit, canvasPoint(500, 500), 2)).toEqual(atLimit);
  });

  it('moves by canvas pixels whatever the scale', () => {
    expect(panBy(VIEW, 7, -2)).toEqual({ scale: 2, offsetX: 17, offsetY: -7 });
  });

  it('fits a wide image between the margins and centres it', () => {
    const view = fitViewport({ width: 400, height: 100 }, { width: 232, height: 200 }, 16);
    expect(view).toEqual({ scale: 0.5, offsetX: 16, offsetY: 75 });
  });

  it('still gives a usable view when the canvas is smaller than its margins', () => {
    expect(fitViewport({ width: 10, height: 10 }, { width: 20, height: 20 }, 16).scale).toBeGreaterThan(0);
  });

  it('leaves a view alone that shows the image, and brings back one that lost it', () => {
    const imageSize = { width: 100, height: 100 };
    const canvasSize = { width: 300, height: 300 };
    expect(clampViewport(VIEW, imageSize, canvasSize)).toEqual(VIEW);
    const lost = clampViewport(panBy(VIEW, 1e6, -1e6), imageSize, canvasSize);
    expect(lost).toEqual({ scale: 2, offsetX: 252, offsetY: -152 });
  });

  it('gives values that cannot be changed', () => {
    expect(Object.isFrozen(panBy(VIEW, 1, 1))).toBe(true);
  });
});
