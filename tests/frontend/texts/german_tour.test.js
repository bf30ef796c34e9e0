import { expect, it } from 'vitest';
import { GERMAN_TOUR } from '../../../static/js/texts/german_tour.js';

it('tells every way without a mouse as one', () => {
  const without = Object.entries(GERMAN_TOUR).filter(([english]) => english.startsWith('Without a mouse'));
  expect(without.map(([, german]) => german.startsWith('Ohne Maus:'))).toEqual([true, true, true, true]);
});
