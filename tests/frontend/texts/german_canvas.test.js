import { expect, it } from 'vitest';
import { GERMAN_CANVAS } from '../../../static/js/texts/german_canvas.js';

it('says no two things in the same words', () => {
  const words = Object.values(GERMAN_CANVAS);
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
});
