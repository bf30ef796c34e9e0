import { expect, it } from 'vitest';
import { samplesAlong } from '../../../static/js/geometry/line_samples.js';
import { imagePoint } from '../../../static/js/geometry/point.js';

const LINE = [imagePoint(0, 0), imagePoint(10, 0), imagePoint(10, 10)];

it('chooses places at equal distances, each in the middle of its part', () => {
  expect(samplesAlong(LINE, { spacing: 10, most: 5 })).toEqual([imagePoint(5, 0), imagePoint(10, 5)]);
  expect(samplesAlong(LINE, { spacing: 1, most: 4 })).toEqual(
    [
      [2.5, 0],
      [7.5, 0],
      [10, 2.5],
      [10, 7.5],
    ].map(([x, y]) => imagePoint(x, y)),
  );
});

it('chooses one place of a short line, or of a dot', () => {
  expect(samplesAlong(LINE, { spacing: 1000, most: 5 })).toEqual([imagePoint(10, 0)]);
  expect(samplesAlong([imagePoint(3, 4)], { spacing: 5, most: 5 })).toEqual([imagePoint(3, 4)]);
  expect(samplesAlong([imagePoint(3, 4), imagePoint(3, 4)], { spacing: 5, most: 5 })).toEqual([imagePoint(3, 4)]);
});
