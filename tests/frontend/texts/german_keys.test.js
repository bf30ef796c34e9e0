import { expect, it } from 'vitest';
import { GERMAN_KEYS } from '../../../static/js/texts/german_keys.js';

it('names the nine class keys and no action twice', () => {
  expect(GERMAN_KEYS).toMatchObject({ 'Class 1': 'Klasse 1', 'Class 9': 'Klasse 9' });
  expect(new Set(Object.values(GERMAN_KEYS)).size).toBe(Object.keys(GERMAN_KEYS).length);
});
