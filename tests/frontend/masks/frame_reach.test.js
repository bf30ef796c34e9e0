import { expect, it } from 'vitest';
import { goesBeyond } from '../../../static/js/masks/frame_reach.js';

const SIDE = 8;
const IMAGE = { width: 64, height: 64 };
/** Half as high as it is wide: the lower half of the square is padding. */
const CROP = { x: 8, y: 8, width: 32, height: 16 };
const SIZES = { imageSize: IMAGE, inputSize: { width: 32, height: 16 }, modelSize: 32, threshold: 0 };

/** @type {(rows: [number, number], columns: [number, number]) => Float32Array} 1 inside, -1 outside; ends are exclusive */
function rectangle([top, bottom], [left, right]) {
  return Float32Array.from({ length: SIDE * SIDE }, (_, index) => {
    const [row, column] = [Math.floor(index / SIDE), index % SIDE];
    return row >= top && row < bottom && column >= left && column < right ? 1 : -1;
  });
}

it.each([
  ['within the part', rectangle([1, 3], [1, 7]), false],
  ['at the left', rectangle([0, 3], [0, 2]), true],
  ['at the top', rectangle([0, 1], [2, 6]), true],
  ['at the right', rectangle([0, 4], [7, 8]), true],
  ['at the foot', rectangle([3, 4], [2, 6]), true],
  ['with a speck at the frame', rectangle([1, 3], [0, 4]), false],
  ['in the padding alone', rectangle([5, 8], [1, 7]), false],
])('tells a mask %s', (_where, logits, expected) => {
  expect(goesBeyond(logits, SIDE, { ...SIZES, crop: CROP })).toBe(expected);
});

it('takes the edges of the image for no frame, and knows none on the whole image', () => {
  const logits = rectangle([0, 4], [0, 8]);
  const wide = { x: 0, y: 0, width: 64, height: 64 };
  expect(goesBeyond(logits, SIDE, { ...SIZES, crop: wide })).toBe(false);
  expect(goesBeyond(logits, SIDE, SIZES)).toBe(false);
});
