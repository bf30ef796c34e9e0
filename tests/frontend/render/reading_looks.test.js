import { expect, it } from 'vitest';
import { LOOKS } from '../../../static/js/render/reading_looks.js';

it('makes a preview lighter than an answer, and dashed', () => {
  expect(LOOKS.hover.fill).toBeLessThan(LOOKS.open.fill);
  expect([LOOKS.hover.dashed, LOOKS.open.dashed]).toEqual([true, false]);
});
