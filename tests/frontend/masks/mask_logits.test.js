import { describe, expect, it } from 'vitest';
import { logitsOfMask } from '../../../static/js/masks/mask_logits.js';
import { runsOfRle } from '../../../static/js/masks/mask_runs.js';
import { encodeRle } from '../../../static/js/masks/rle.js';
import { maskFromLogits } from '../../../static/js/masks/threshold.js';

const PLACEMENT = {
  imageSize: { width: 96, height: 64 },
  inputSize: { width: 64, height: 43 },
  modelSize: 64,
  threshold: 0,
};

/** @returns {Uint8Array} a disc */
function disc() {
  return Uint8Array.from({ length: 96 * 64 }, (_, at) => Number(Math.hypot((at % 96) - 40, at / 96 - 30) < 18));
}

describe('logits of a mask', () => {
  const mask = disc();
  const runs = runsOfRle(encodeRle(mask, PLACEMENT.imageSize));

  it('give nearly the same mask when they are thresholded', () => {
    const back = maskFromLogits(logitsOfMask(runs, 16, PLACEMENT), 16, PLACEMENT);
    let both = 0;
    let either = 0;
    mask.forEach((inside, at) => {
      both += inside & back[at];
      either += inside | back[at];
    });
    expect(both / either).toBeGreaterThan(0.9);
  });

  it('are background in the padding, and certain inside', () => {
    const logits = logitsOfMask(Int32Array.of(0, 96 * 64), 16, PLACEMENT);
    expect(logits[0]).toBeCloseTo(10);
    expect(logits[15 * 16 + 3]).toBe(-10);
  });

  it('keep what the decoder said where it agrees', () => {
    const earlier = logitsOfMask(runs, 16, PLACEMENT).map((value) => value / 4);
    expect(logitsOfMask(runs, 16, PLACEMENT, earlier)).toEqual(earlier);
    const erased = logitsOfMask(new Int32Array(0), 16, PLACEMENT, earlier);
    expect(Math.max(...erased)).toBeLessThanOrEqual(0);
  });

  it('start afresh where the earlier ones have another size', () => {
    expect(logitsOfMask(runs, 16, PLACEMENT, new Float32Array(4))).toEqual(logitsOfMask(runs, 16, PLACEMENT));
  });
});
