import { describe, expect, it } from 'vitest';
import { placeStrip } from '../../../static/js/ui/strip_placement.js';

const STRIP = { width: 170, height: 80 };
const CANVAS = { width: 900, height: 500 };

/** @type {(left: number, top: number, right: number, bottom: number) => {left: number, top: number, right: number, bottom: number}} */
const bounds = (left, top, right, bottom) => ({ left, top, right, bottom });

/** A photograph that leaves no room beside it. */
const WIDE = bounds(10, 10, 890, 490);
const MIDDLE = { x: 450, y: 250 };

/**
 * @param {{left: number, top: number}} place of the strip
 * @param {ReturnType<typeof bounds>} part what it must not cover
 */
function covers({ left, top }, part) {
  const beside = left >= part.right || left + STRIP.width <= part.left;
  return !beside && top < part.bottom && top + STRIP.height > part.top;
}

describe('strip placement', () => {
  it.each([
    ['left of the photograph', bounds(300, 10, 890, 490), { x: 400, y: 100 }],
    ['right of it', bounds(10, 10, 600, 490), { x: 400, y: 480 }],
    ['above it', bounds(10, 150, 890, 490), { x: 860, y: 300 }],
    ['below it', bounds(10, 10, 890, 350), { x: 400, y: 100 }],
  ])('covers nothing of the photograph where there is room %s', (_, photo, click) => {
    const place = placeStrip({ click, photo, objects: [photo], strip: STRIP, canvas: CANVAS });
    expect(covers(place, photo)).toBe(false);
    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.left + STRIP.width).toBeLessThanOrEqual(CANVAS.width);
    expect(place.top).toBeGreaterThanOrEqual(0);
    expect(place.top + STRIP.height).toBeLessThanOrEqual(CANVAS.height);
  });

  it('takes the side of the photograph that is nearer to the click', () => {
    const photo = bounds(250, 0, 650, 500);
    const at = (/** @type {number} */ x) =>
      placeStrip({ click: { x, y: 250 }, photo, objects: [], strip: STRIP, canvas: CANVAS }).left;
    expect(at(300)).toBeLessThan(250);
    expect(at(600)).toBeGreaterThan(650);
  });

  it.each([
    ['in the middle', bounds(400, 200, 500, 300)],
    ['at the right edge', bounds(800, 200, 890, 300)],
    ['as wide as the canvas', bounds(0, 200, 900, 300)],
    ['at the bottom', bounds(20, 400, 890, 500)],
  ])('stands beside objects %s', (_, objects) => {
    const click = { x: (objects.left + objects.right) / 2, y: (objects.top + objects.bottom) / 2 };
    const place = placeStrip({ click, photo: WIDE, objects: [objects], strip: STRIP, canvas: CANVAS });
    expect(covers(place, objects)).toBe(false);
    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.left + STRIP.width).toBeLessThanOrEqual(CANVAS.width);
    expect(place.top + STRIP.height).toBeLessThanOrEqual(CANVAS.height);
  });

  it('takes the corner that covers least when the objects leave no side', () => {
    const objects = [bounds(10, 10, 890, 490), bounds(300, 10, 890, 490), bounds(10, 10, 890, 200)];
    const place = placeStrip({ click: MIDDLE, photo: WIDE, objects, strip: STRIP, canvas: CANVAS });
    expect(place).toEqual({ left: 8, top: 412 });
  });

  it('goes to the corner away from the click when all are the same', () => {
    const whole = bounds(-50, -50, 950, 550);
    const click = { x: 100, y: 100 };
    const place = placeStrip({ click, photo: whole, objects: [whole], strip: STRIP, canvas: CANVAS });
    expect(place).toEqual({ left: 722, top: 412 });
  });

  it('stays near the click when there is nothing to cover', () => {
    const place = placeStrip({ click: { x: 100, y: 100 }, photo: WIDE, objects: [], strip: STRIP, canvas: CANVAS });
    expect(Math.hypot(place.left - 100, place.top - 100)).toBeLessThan(120);
  });
});
