import { describe, expect, it } from 'vitest';
import { outlineOfLogits } from '../../../static/js/masks/isoline.js';
import { maskFromLogits } from '../../../static/js/masks/threshold.js';
import { seededRandom } from '../random.js';

/** @import { LogitsPlacement, SmoothOutline } from '../../../static/js/types.js' */

const SIDE = 16;
/** An image of 48 x 24 in a model of 64 pixels: the lower half of the square is padding. */
/** @type {LogitsPlacement} */
const PLACEMENT = {
  imageSize: { width: 48, height: 24 },
  inputSize: { width: 64, height: 32 },
  modelSize: 64,
  threshold: 0,
};

/** @type {(logit: (x: number, y: number) => number) => Float32Array} */
const logitsOf = (logit) => Float32Array.from({ length: SIDE * SIDE }, (_, i) => logit(i % SIDE, Math.floor(i / SIDE)));

/** @type {(outline: SmoothOutline, x: number, y: number) => boolean} */
function isInside({ points, ringStarts }, x, y) {
  let inside = false;
  ringStarts.forEach((first, ring) => {
    const end = ringStarts[ring + 1] ?? points.length / 2;
    for (let at = first, before = end - 1; at < end; before = at, at += 1) {
      const [x0, y0, x1, y1] = [points[2 * before], points[2 * before + 1], points[2 * at], points[2 * at + 1]];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
    }
  });
  return inside;
}

/** @type {(outline: SmoothOutline) => number} */
function area({ points, ringStarts }) {
  let sum = 0;
  ringStarts.forEach((first, ring) => {
    const end = ringStarts[ring + 1] ?? points.length / 2;
    for (let at = first, before = end - 1; at < end; before = at, at += 1) {
      sum += points[2 * before] * points[2 * at + 1] - points[2 * at] * points[2 * before + 1];
    }
  });
  return Math.abs(sum / 2);
}

describe('the outline of logits', () => {
  it('has no ring when nothing is inside', () => {
    expect(
      outlineOfLogits(
        logitsOf(() => -1),
        SIDE,
        PLACEMENT,
      ).ringStarts,
    ).toHaveLength(0);
  });

  it('runs along the border of the image when everything is inside', () => {
    const outline = outlineOfLogits(
      logitsOf(() => 1),
      SIDE,
      PLACEMENT,
    );
    expect(outline.ringStarts).toHaveLength(1);
    expect(area(outline)).toBeCloseTo(48 * 24, 3);
  });

  it('lies between the centres of logits by linear interpolation', () => {
    const outline = outlineOfLogits(
      logitsOf((x) => 4.25 - x),
      SIDE,
      PLACEMENT,
    );
    const right = Math.max(...outline.points.filter((_, index) => index % 2 === 0));
    expect(right).toBeCloseTo((4.25 + 0.5) * 4 * (48 / 64), 4);
  });

  it('keeps holes and parts as rings of their own', () => {
    const ring = logitsOf((x, y) => (Math.hypot(x - 5, y - 4) < 4 && Math.hypot(x - 5, y - 4) > 1.5 ? 1 : -1));
    expect(outlineOfLogits(ring, SIDE, PLACEMENT).ringStarts).toHaveLength(2);
  });

  it('joins the two halves of a saddle when its centre is inside, and only then', () => {
    /** @type {(weight: number) => Float32Array} */
    const diagonal = (weight) => logitsOf((x, y) => ((x === 3 && y === 3) || (x === 4 && y === 4) ? weight : -1));
    expect(outlineOfLogits(diagonal(5), SIDE, PLACEMENT).ringStarts).toHaveLength(1);
    expect(outlineOfLogits(diagonal(0.2), SIDE, PLACEMENT).ringStarts).toHaveLength(2);
  });

  it('encloses the pixels of the exact mask, but for those that it cuts', () => {
    const random = seededRandom(7);
    const waves = Array.from({ length: 4 }, () => [random() * 0.9, random() * 0.9, random() * 6]);
    const logits = logitsOf((x, y) => waves.reduce((sum, [a, b, c]) => sum + Math.sin(a * x + b * y + c), 0));
    const outline = outlineOfLogits(logits, SIDE, PLACEMENT);
    const mask = maskFromLogits(logits, SIDE, PLACEMENT);
    const differing = mask.filter((value, i) => {
      return (value === 1) !== isInside(outline, (i % 48) + 0.5, Math.floor(i / 48) + 0.5);
    });
    expect(differing.length).toBeLessThan(0.03 * mask.length);
  });
});

it('outlines a part of an image at its place', () => {
  const logits = logitsOf((x, y) => 3 - Math.hypot(x - 7, y - 3));
  const own = outlineOfLogits(logits, SIDE, PLACEMENT);
  const crop = { x: 100, y: 40, width: 48, height: 24 };
  const placed = outlineOfLogits(logits, SIDE, { ...PLACEMENT, imageSize: { width: 300, height: 200 }, crop });
  expect(placed.ringStarts).toEqual(own.ringStarts);
  placed.points.forEach((value, at) => expect(value).toBeCloseTo(own.points[at] + (at % 2 === 0 ? 100 : 40), 4));
});
