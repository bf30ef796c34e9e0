import { describe, expect, it } from 'vitest';
import {
  NO_DETAILS,
  classNumbers,
  commonPart,
  nextGroup,
  withDetails,
} from '../../../static/js/state/object_details.js';
import { makeCategory, makeObject } from '../session_builders.js';

describe('object details', () => {
  it('change part by part, answers one by one', () => {
    const red = withDetails(NO_DETAILS, { attributes: { colour: 'red' } });
    expect(red).toEqual({ ...NO_DETAILS, attributes: { colour: 'red' } });
    expect(withDetails(red, { attributes: { age: 3 }, notes: 'odd' })).toMatchObject({
      attributes: { colour: 'red', age: 3 },
      notes: 'odd',
    });
    expect(withDetails(red, { attributes: { colour: '' } }).attributes).toEqual({});
    expect(withDetails(red, { attributes: { colour: 'red' }, isCrowd: false })).toBe(red);
  });

  it('say what objects have in common, and which group is free', () => {
    const objects = [makeObject('a'), makeObject('b', { categoryId: 2, details: { ...NO_DETAILS, groupId: 4 } })];
    expect(commonPart(objects, ({ area }) => area)).toBe(400);
    expect(commonPart(objects, ({ categoryId }) => categoryId)).toBeUndefined();
    expect(nextGroup(objects)).toBe(5);
    expect(nextGroup([])).toBe(1);
  });

  it('count, measure and rate the objects of each class', () => {
    const objects = [makeObject('a'), makeObject('b', { area: 600, predictedIou: null })];
    const [numbers, ...others] = classNumbers(objects, [makeCategory(1), makeCategory(2)], 10_000);
    expect(numbers).toMatchObject({ count: 2, area: 500, share: 0.1, iou: 0.8 });
    expect(others).toEqual([]);
  });
});
