import { expect, it } from 'vitest';
import { placementOf } from '../../../static/js/masks/placement.js';

const MODEL = { image_size: 1024, mask_threshold: 0 };

it.each([
  [
    { width: 1800, height: 1200 },
    { width: 1024, height: 683 },
  ],
  [
    { width: 400, height: 600 },
    { width: 683, height: 1024 },
  ],
  [
    { width: 9000, height: 1 },
    { width: 1024, height: 1 },
  ],
])('scales the long side of %o to the model, the short one at least to a pixel', (imageSize, inputSize) => {
  expect(placementOf(MODEL, imageSize)).toEqual({ imageSize, inputSize, modelSize: 1024, threshold: 0 });
});
