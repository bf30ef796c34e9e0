import { expect, it } from 'vitest';
import { traceContours } from '../../../static/js/masks/contour.js';
import { exactMaskOfLogits, exactMaskOfRuns } from '../../../static/js/masks/exact_mask.js';
import { runsOfRle } from '../../../static/js/masks/mask_runs.js';
import { encodeRle, rleArea, rleBbox } from '../../../static/js/masks/rle.js';
import { randomMask } from './mask_builders.js';

it('has every form of the mask', () => {
  for (let seed = 1; seed < 20; seed += 1) {
    const { mask, size } = randomMask(seed);
    const rle = encodeRle(mask, size);
    expect(exactMaskOfRuns(runsOfRle(rle), size)).toEqual({
      rle,
      area: rleArea(rle),
      bbox: rleBbox(rle),
      contours: traceContours(mask, size),
    });
  }
});

it('follows from logits at the size of the image', () => {
  const size = { width: 8, height: 8 };
  const placement = { imageSize: size, inputSize: size, modelSize: 8, threshold: 0.5 };
  expect(exactMaskOfLogits(Float32Array.of(1, -1, 1, -1), 2, placement)).toMatchObject({
    area: 24,
    bbox: [0, 0, 3, 8],
    rle: { size: [8, 8] },
  });
});
