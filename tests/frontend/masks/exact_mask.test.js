import { expect, it } from 'vitest';
import { traceContours } from '../../../static/js/masks/contour.js';
import { exactMaskOfRuns } from '../../../static/js/masks/exact_mask.js';
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
