import { expect, it } from 'vitest';
import { GERMAN_WORKBENCH } from '../../../static/js/texts/german_workbench.js';

it('says no two readings in the same words', () => {
  const { Best, Whole, Part, 'Sub-part': subPart } = GERMAN_WORKBENCH;
  expect(new Set([Best, Whole, Part, subPart]).size).toBe(4);
});
