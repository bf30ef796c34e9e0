import { expect, it } from 'vitest';
import { frameOf, isSameCrop, placementOf } from '../../../static/js/masks/placement.js';

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

const CROP = { x: 100, y: 50, width: 400, height: 200 };

it('scales a part of an image as an image of its own', () => {
  const image = { width: 1800, height: 1200 };
  const { inputSize, ...rest } = placementOf(MODEL, image, CROP);
  expect(inputSize).toEqual(placementOf(MODEL, { width: 400, height: 200 }).inputSize);
  expect(rest).toEqual({ imageSize: image, crop: CROP, modelSize: 1024, threshold: 0 });
});

it('lies on the part, or on all of the image', () => {
  const imageSize = { width: 1800, height: 1200 };
  expect(frameOf({ imageSize, crop: CROP })).toBe(CROP);
  expect(frameOf({ imageSize })).toEqual({ x: 0, y: 0, ...imageSize });
});

it('tells parts apart, and takes none for all of the image', () => {
  expect(isSameCrop(CROP, { ...CROP })).toBe(true);
  expect(isSameCrop(null, undefined)).toBe(true);
  expect(isSameCrop(CROP, null)).toBe(false);
  for (const side of /** @type {const} */ (['x', 'y', 'width', 'height'])) {
    expect(isSameCrop(CROP, { ...CROP, [side]: 1 })).toBe(false);
  }
});
