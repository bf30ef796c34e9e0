import { describe, expect, it } from 'vitest';
import { placeStrip } from '../../../static/js/ui/strip_placement.js';

const STRIP = { width: 170, height: 80 };
const CANVAS = { width: 900, height: 500 };

/** @type {(left: number, top: number, right: number, bottom: number) => {left: number, top: number, right: number, bottom: number}} */
const bounds = (left, top, right, bottom) => ({ left, top, right, bottom });

/**
 * @param {{left: number, top: number}} place of the strip
 * @param {ReturnType<typeof bounds>} objects what it must not cover
 */
function covers({ left, top }, objects) {
  const beside = left >= objects.right || left + STRIP.width <= objects.left;
  return !beside && top < objects.bottom && top + STRIP.height > objects.top;
}

describe('strip placement', () => {
  it.each([
    ['in the middle', bounds(400, 200, 500, 300)],
    ['at the right edge', bounds(800, 200, 890, 300)],
    ['as wide as the canvas', bounds(0, 200, 900, 300)],
    ['at the bottom', bounds(20, 400, 890, 500)],
  ])('stands beside objects %s', (_, objects) => {
    const click = { x: (objects.left + objects.right) / 2, y: (objects.top + objects.bottom) / 2 };
    const place = placeStrip({ click, objects, strip: STRIP, canvas: CANVAS });
    expect(covers(place, objects)).toBe(false);
    expect(place.left).toBeGreaterThanOrEqual(0);
    expect(place.left + STRIP.width).toBeLessThanOrEqual(CANVAS.width);
    expect(place.top + STRIP.height).toBeLessThanOrEqual(CANVAS.height);
  });

  it('goes to a corner away from the click when the objects fill the canvas', () => {
    const objects = bounds(-50, -50, 950, 550);
    const place = placeStrip({ click: { x: 100, y: 100 }, objects, strip: STRIP, canvas: CANVAS });
    expect(place).toEqual({ left: 722, top: 8 });
  });

  it('stays near the click when there is nothing to cover', () => {
    const place = placeStrip({ click: { x: 100, y: 100 }, objects: null, strip: STRIP, canvas: CANVAS });
    expect(Math.hypot(place.left - 100, place.top - 100)).toBeLessThan(120);
  });
});
