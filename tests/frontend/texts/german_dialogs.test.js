import { expect, it } from 'vitest';
import { GERMAN_DIALOGS } from '../../../static/js/texts/german_dialogs.js';

it('says no two formats in the same words', () => {
  const { 'PNG, objects': objects, 'PNG, classes': classes, 'COCO panoptic': panoptic, Polygons } = GERMAN_DIALOGS;
  expect(new Set([objects, classes, panoptic, Polygons]).size).toBe(4);
});
