import { describe, expect, it } from 'vitest';
import { NO_DETAILS } from '../../../static/js/state/object_details.js';
import { authorsOf, keysBetween, listObjects } from '../../../static/js/state/object_listing.js';
import { makeCategory, makeObject } from '../session_builders.js';

const CATEGORIES = [makeCategory(1, 'dog'), makeCategory(2, 'cat')];
const OBJECTS = [
  makeObject('a', { area: 5, predictedIou: 0.9 }),
  makeObject('b', { area: 9, predictedIou: null, categoryId: 2 }),
  makeObject('c', { area: 7, predictedIou: 0.2, details: { ...NO_DETAILS, notes: 'blurred', attributes: { age: 3 } } }),
];

/** @type {(view: Partial<Parameters<typeof listObjects>[2]>) => string} */
const listed = (view) =>
  listObjects(OBJECTS, CATEGORIES, { search: '', sort: 'kept', ...view })
    .map(({ object, number }) => object.key + number)
    .join(' ');

describe('object listing', () => {
  it('sorts, keeping the numbers', () => {
    expect(listed({})).toBe('a1 b2 c3');
    expect(listed({ sort: 'class' })).toBe('b2 a1 c3');
    expect(listed({ sort: 'score' })).toBe('c3 a1 b2');
    expect(listed({ sort: 'area' })).toBe('b2 c3 a1');
  });

  it('finds by class, notes and answers', () => {
    expect(listed({ search: 'CAT' })).toBe('b2');
    expect(listed({ search: 'dog blur' })).toBe('c3');
    expect(listed({ search: 'age' })).toBe('c3');
    expect(listed({ search: 'owl' })).toBe('');
  });

  it('narrows to a state', () => {
    const marks = { hiddenKeys: { a: true }, lockedKeys: { b: true }, saves: { c: 'waiting' } };
    /** @type {(state: import('../../../static/js/state/object_listing.js').ObjectStateName) => string} */
    const inState = (state) =>
      listObjects(
        [...OBJECTS, makeObject('d', { origin: 'automatic', handEdits: [{ tool: 'brush', box: [0, 0, 1, 1] }] })],
        CATEGORIES,
        { search: '', sort: 'kept', state },
        /** @type {never} */ (marks),
      )
        .map(({ object, number }) => object.key + number)
        .join(' ');
    expect([inState('hidden'), inState('locked'), inState('unsaved')]).toEqual(['a1', 'b2', 'c3']);
    expect([inState('automatic'), inState('hand')]).toEqual(['d4', 'd4']);
  });

  it('narrows to an author and orders by authors', () => {
    const objects = [makeObject('a', { author: 'Zoe' }), makeObject('b'), makeObject('c', { author: 'Ada' })];
    /** @type {(view: object) => string} */
    const keys = (view) =>
      listObjects(objects, CATEGORIES, { search: '', sort: 'kept', ...view })
        .map(({ object }) => object.key)
        .join(' ');
    expect([keys({ author: 'Zoe' }), keys({ author: '' }), keys({ sort: 'author' })]).toEqual(['a', 'b', 'b c a']);
    expect(authorsOf(objects)).toEqual(['', 'Ada', 'Zoe']);
    expect(authorsOf([makeObject('a')])).toEqual([]);
  });

  it('names what lies between two objects', () => {
    const all = listObjects(OBJECTS, CATEGORIES, { search: '', sort: 'area' });
    expect(keysBetween(all, 'a', 'b')).toEqual(['b', 'c', 'a']);
    expect(keysBetween(all, null, 'c')).toEqual(['c']);
  });
});
