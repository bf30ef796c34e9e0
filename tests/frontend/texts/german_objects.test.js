import { expect, it } from 'vitest';
import { GERMAN_OBJECTS } from '../../../static/js/texts/german_objects.js';
import { GERMAN_SCREENS } from '../../../static/js/texts/german_screens.js';

it('says what it shares with the screens in the same words', () => {
  const others = /** @type {Record<string, string>} */ (GERMAN_SCREENS);
  for (const [english, german] of Object.entries(GERMAN_OBJECTS))
    expect([german, undefined]).toContain(others[english]);
});
