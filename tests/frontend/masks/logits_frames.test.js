import { describe, expect, it } from 'vitest';
import { logitsOnFrame } from '../../../static/js/masks/logits_frames.js';
import { placementOf } from '../../../static/js/masks/placement.js';
import { maskFromLogits } from '../../../static/js/masks/threshold.js';

const SIDE = 64;
const MODEL = { image_size: 256, mask_threshold: 0 };
const IMAGE = { width: 800, height: 600 };
const CROP = { x: 192, y: 128, width: 320, height: 256 };

// A disc, as sure as it is far from the line; logits of a place are about its distance to it.
function disc(/** @type {ReturnType<typeof placementOf>} */ placement, [cx, cy, radius] = [350, 250, 60]) {
  const frame = placement.crop ?? { x: 0, y: 0, ...placement.imageSize };
  const cell = MODEL.image_size / SIDE;
  return Float32Array.from({ length: SIDE * SIDE }, (_, index) => {
    const x = frame.x + (((index % SIDE) + 0.5) * cell * frame.width) / placement.inputSize.width;
    const y = frame.y + ((Math.floor(index / SIDE) + 0.5) * cell * frame.height) / placement.inputSize.height;
    return Math.max(-10, Math.min(10, (radius - Math.hypot(x - cx, y - cy)) / 4));
  });
}

function iou(/** @type {Uint8Array} */ one, /** @type {Uint8Array} */ other) {
  const both = one.reduce((sum, value, index) => sum + (value & other[index]), 0);
  return both / one.reduce((sum, value, index) => sum + (value | other[index]), 0);
}

describe('logits on another part of the image', () => {
  const whole = placementOf(MODEL, IMAGE);
  const part = placementOf(MODEL, IMAGE, CROP);

  it('stay as they are where nothing changes', () => {
    const logits = disc(whole);
    const moved = logitsOnFrame(logits, SIDE, whole, whole);
    const rows = Math.round((SIDE * whole.inputSize.height) / MODEL.image_size);
    expect(moved.subarray(0, rows * SIDE)).toEqual(logits.subarray(0, rows * SIDE));
    expect(new Set(moved.subarray(rows * SIDE))).toEqual(new Set([-10]));
  });

  it('show the same mask, nearer or farther', () => {
    const near = logitsOnFrame(disc(whole), SIDE, whole, part);
    const far = logitsOnFrame(disc(part), SIDE, part, whole);
    const truth = maskFromLogits(disc(whole), SIDE, whole);
    expect(iou(maskFromLogits(near, SIDE, part), truth)).toBeGreaterThan(0.95);
    expect(iou(maskFromLogits(far, SIDE, whole), truth)).toBeGreaterThan(0.95);
  });

  it('are background where the earlier ones said nothing', () => {
    const everything = new Float32Array(SIDE * SIDE).fill(5);
    const moved = logitsOnFrame(everything, SIDE, part, whole);
    const mask = maskFromLogits(moved, SIDE, whole);
    const inside = mask.reduce((sum, value) => sum + value, 0);
    expect(Math.abs(inside - CROP.width * CROP.height)).toBeLessThan(0.05 * CROP.width * CROP.height);
    expect(mask[0]).toBe(0);
    expect(mask[(CROP.y + 100) * IMAGE.width + CROP.x + 100]).toBe(1);
  });

  it('keep what is smaller than a cell of the larger part as a hint', () => {
    const moved = logitsOnFrame(disc(part, [350, 250, 4]), SIDE, part, whole);
    const beside = logitsOnFrame(disc(part, [-900, -900, 4]), SIDE, part, whole);
    expect(Math.max(...moved)).toBeGreaterThan(Math.max(...beside));
  });
});
