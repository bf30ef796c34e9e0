import { expect, it } from 'vitest';
import { GERMAN_COMFORT } from '../../../static/js/texts/german_comfort.js';

it('says no two settings in the same words', () => {
  const { Dark, Light, 'As the system': system, Theme, Language, Keys } = GERMAN_COMFORT;
  expect(new Set([Dark, Light, system, Theme, Language, Keys]).size).toBe(6);
});
