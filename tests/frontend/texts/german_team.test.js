import { expect, it } from 'vitest';
import { GERMAN_TEAM } from '../../../static/js/texts/german_team.js';

it('names every role differently', () => {
  const { Owner, Reviewer, Annotator, Reader } = GERMAN_TEAM;
  expect(new Set([Owner, Reviewer, Annotator, Reader]).size).toBe(4);
});
