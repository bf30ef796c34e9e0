import { expect, it } from 'vitest';
import { GERMAN_NOTICES } from '../../../static/js/texts/german_notices.js';

it('starts where English does: in lower case, or with a noun', () => {
  const nouns = /^(Fotos|Klicks|Strg|Ungesichertes|, )/;
  for (const [english, german] of Object.entries(GERMAN_NOTICES)) {
    const starts = /^\p{Ll}/u.test(german) || german.startsWith('{') || nouns.test(german) || /^ und/.test(german);
    expect(starts || /^\p{Lu}/u.test(english), german).toBe(true);
  }
});
