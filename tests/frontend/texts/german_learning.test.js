import { expect, it } from 'vitest';
import { GERMAN_LEARNING } from '../../../static/js/texts/german_learning.js';
import { GERMAN_SCREENS } from '../../../static/js/texts/german_screens.js';

it('says what it shares with the screens in the same words', () => {
  const others = /** @type {Record<string, string>} */ (GERMAN_SCREENS);
  for (const [english, german] of Object.entries(GERMAN_LEARNING))
    expect([german, undefined]).toContain(others[english]);
});

it('keeps the names of values', () => {
  const names = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [english, german] of Object.entries(GERMAN_LEARNING)) expect(names(german)).toEqual(names(english));
});
