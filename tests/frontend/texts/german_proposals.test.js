import { expect, it } from 'vitest';
import { GERMAN_PROPOSALS } from '../../../static/js/texts/german_proposals.js';
import { GERMAN_SCREENS } from '../../../static/js/texts/german_screens.js';

it('says what it shares with the screens in the same words', () => {
  const others = /** @type {Record<string, string>} */ (GERMAN_SCREENS);
  for (const [english, german] of Object.entries(GERMAN_PROPOSALS))
    expect([german, undefined]).toContain(others[english]);
});
