import { expect, it } from 'vitest';
import { GERMAN_SERVER } from '../../../static/js/texts/german_server.js';

it('says no two things in the same words', () => {
  const words = Object.values(GERMAN_SERVER);
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
});
