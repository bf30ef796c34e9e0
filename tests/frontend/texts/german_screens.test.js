import { expect, it } from 'vitest';
import { GERMAN_SCREENS } from '../../../static/js/texts/german_screens.js';

it('says every state of an image differently', () => {
  const states = [GERMAN_SCREENS.New, GERMAN_SCREENS['In work'], GERMAN_SCREENS.Done, GERMAN_SCREENS.Reviewed];
  expect(new Set([...states, GERMAN_SCREENS.Skipped]).size).toBe(5);
});
