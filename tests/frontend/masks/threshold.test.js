import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coverageOfLogits, maskFromLogits, regionFromLogits } from '../../../static/js/masks/threshold.js';
import { seededRandom } from '../random.js';

/** @import { LogitsPlacement, Size } from '../../../static/js/types.js' */

/**
 * @typedef {{ name: string, side: number, modelSize: number, inputSize: Size, imageSize: Size, logits: number[],
 *   values: number[] }} InterpolationCase
 */

/** @type {InterpolationCase[]} */
const CASES = JSON.parse(readFileSync(new URL('../fixtures/interpolation.json', import.meta.url), 'utf8'));

/**
 * One bilinear step as it is usually written: half-pixel centres, edges repeated.
 *
 * @param {ArrayLike<number>} values
 * @param {Size} from
 * @param {Size} to
 */
function resizeBilinear(values, from, to) {
  const result = new Float64Array(to.width * to.height);
  for (let y = 0; y < to.height; y += 1) {
    const sourceY = Math.max(((y + 0.5) * from.height) / to.height - 0.5, 0);
    const top = Math.floor(sourceY);
    const bottom = Math.min(top + 1, from.height - 1);
    for (let x = 0; x < to.width; x += 1) {
      const sourceX = Math.max(((x + 0.5) * from.width) / to.width - 0.5, 0);
      const left = Math.floor(sourceX);
      const right = Math.min(left + 1, from.width - 1);
      /** @type {(row: number) => number} */
      const across = (row) =>
        values[row * from.width + left] * (left + 1 - sourceX) + values[row * from.width + right] * (sourceX - left);
      result[y * to.width + x] = across(top) * (top + 1 - sourceY) + across(bottom) * (sourceY - top);
    }
  }
  return result;
}

/**
 * @param {Float32Array} logits
 * @param {number} side
 * @param {LogitsPlacement} placement
 * @returns {Float64Array} Logits at image size by the three steps of the rule, one after the other.
 */
function upsampleStepByStep(logits, side, { modelSize, inputSize, imageSize }) {
  const model = { width: modelSize, height: modelSize };
  const square = resizeBilinear(logits, { width: side, height: side }, model);
  const cropped = new Float64Array(inputSize.width * inputSize.height);
  for (let y = 0; y < inputSize.height; y += 1) {
    cropped.set(square.subarray(y * modelSize, y * modelSize + inputSize.width), y * inputSize.width);
  }
  return resizeBilinear(cropped, inputSize, imageSize);
}

/**
 * @param {number} seed
 * @returns {{ logits: Float32Array, side: number, placement: LogitsPlacement }}
 */
function randomCase(seed) {
  const random = seededRandom(seed);
  /** @type {(from: number, to: number) => number} */
  const pick = (from, to) => from + Math.floor((to - from + 1) * random());
  const side = pick(4, 16);
  const modelSize = 4 * side;
  const imageSize = { width: pick(1, 150), height: pick(1, 150) };
  const scale = modelSize / Math.max(imageSize.width, imageSize.height);
  /** @type {(length: number) => number} */
  const scaled = (length) => Math.max(Math.floor(length * scale + 0.5), 1);
  const inputSize = { width: scaled(imageSize.width), height: scaled(imageSize.height) };
  const offset = 6 * (random() - 0.5);
  const logits = Float32Array.from({ length: side * side }, () => 8 * (random() - 0.5) + offset);
  return { logits, side, placement: { imageSize, inputSize, modelSize, threshold: 0 } };
}

describe('maskFromLogits', () => {
  it.each(CASES)('gives the mask that torch gives: $name', ({ side, logits, values, ...sizes }) => {
    for (const threshold of [0, -1.5, 2.25]) {
      const mask = maskFromLogits(Float32Array.from(logits), side, { ...sizes, threshold });
      expect(Array.from(mask)).toEqual(values.map((value) => (value > threshold ? 1 : 0)));
    }
  });

  it('gives the mask of the three steps done one after the other', () => {
    for (let seed = 0; seed < 120; seed += 1) {
      const { logits, side, placement } = randomCase(seed);
      const values = upsampleStepByStep(logits, side, placement);
      const mask = maskFromLogits(logits, side, placement);
      const wrong = values.filter((value, index) => Math.abs(value) > 1e-4 && mask[index] !== (value > 0 ? 1 : 0));
      expect(wrong, `seed ${seed}`).toHaveLength(0);
    }
  });

  it('computes only where the mask can be', () => {
    const logits = new Float32Array(64 * 64).fill(-5);
    logits[20 * 64 + 30] = 5;
    const sizes = { imageSize: { width: 2560, height: 2560 }, inputSize: { width: 256, height: 256 } };
    const region = regionFromLogits(logits, 64, { ...sizes, modelSize: 256, threshold: 0 });
    expect(region.width * region.height).toBeLessThan(140 * 140);
    expect(region.x).toBeGreaterThan(1100);
    expect(region.mask.some((inside) => inside === 1)).toBe(true);
  });

  it('is empty or full when all logits agree, the threshold itself being outside', () => {
    const sizes = { imageSize: { width: 7, height: 5 }, inputSize: { width: 32, height: 23 }, modelSize: 32 };
    /** @type {(value: number) => number} */
    const area = (value) =>
      maskFromLogits(new Float32Array(64).fill(value), 8, { ...sizes, threshold: 0 }).reduce((a, b) => a + b, 0);
    expect([area(-1), area(0), area(1), area(NaN)]).toEqual([0, 0, 35, 0]);
  });

  it('refuses logits that are not a square of the side, and sizes that do not fit', () => {
    const sizes = { imageSize: { width: 7, height: 5 }, inputSize: { width: 32, height: 23 }, modelSize: 32 };
    expect(() => maskFromLogits(new Float32Array(63), 8, { ...sizes, threshold: 0 })).toThrow(
      /logits must hold 8 x 8 = 64 values, got 63/,
    );
    expect(() => maskFromLogits(new Float32Array(64), 8, { ...sizes, modelSize: 30, threshold: 0 })).toThrow(
      /1 <= inputLength <= modelSize/,
    );
  });
});

describe('the coverage of logits', () => {
  it('is the share of the image that is inside, without the padding of the model square', () => {
    const size = { width: 8, height: 4 };
    const placement = { imageSize: { width: 80, height: 40 }, inputSize: size, modelSize: 8, threshold: 0 };
    const logits = Float32Array.from({ length: 16 }, (_, at) => (at % 4 < 1 || at >= 8 ? 1 : -1));
    expect(coverageOfLogits(logits, 4, placement)).toBe(0.25);
    expect(coverageOfLogits(logits, 4, { ...placement, threshold: 1 })).toBe(0);
  });
});

it('makes the mask of a part of an image as that of an image of its own, at its place', () => {
  const random = seededRandom(3);
  const [side, modelSize] = [16, 64];
  const logits = Float32Array.from({ length: side * side }, () => 4 * random() - 2);
  const crop = { x: 30, y: 17, width: 90, height: 50 };
  const inputSize = { width: 64, height: 36 };
  const sizes = { inputSize, modelSize, threshold: 0 };
  const own = maskFromLogits(logits, side, { ...sizes, imageSize: { width: 90, height: 50 } });
  const whole = maskFromLogits(logits, side, { ...sizes, imageSize: { width: 200, height: 100 }, crop });
  const expected = new Uint8Array(200 * 100);
  for (let y = 0; y < crop.height; y += 1) {
    const row = own.subarray(y * crop.width, (y + 1) * crop.width);
    expected.set(row, (crop.y + y) * 200 + crop.x);
  }
  expect(whole).toEqual(expected);
  expect(own.some(Boolean)).toBe(true);
});
