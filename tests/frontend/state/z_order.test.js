import { describe, expect, it } from 'vitest';
import { NO_DETAILS } from '../../../static/js/state/object_details.js';
import { inDrawingOrder, moved, withOrder } from '../../../static/js/state/z_order.js';
import { makeObject } from '../session_builders.js';

/** @import {KeptObject} from '../../../static/js/state/state_types.js' */

/** @type {(key: string, zOrder?: number, left?: number) => KeptObject} */
const at = (key, zOrder = 0, left = 10) =>
  makeObject(key, { bbox: [left, 20, 20, 20], details: { ...NO_DETAILS, zOrder } });
const names = (/** @type {readonly KeptObject[]} */ objects) => objects.map(({ key }) => key).join('');
const pile = [at('a'), at('b'), at('c'), at('d')];

describe('z-order', () => {
  it('draws by level, and of equal ones the newer above; what is in order stays the same list', () => {
    expect(names(inDrawingOrder([at('a', 1), at('b'), at('c', -1), at('d')]))).toBe('cbda');
    expect(inDrawingOrder(pile)).toBe(pile);
  });

  it('moves to the front and to the back, and changes only what moves', () => {
    const front = moved(pile, new Set(['a', 'b']), 'front');
    expect(names(front)).toBe('cdab');
    expect(front[0]).toBe(pile[2]);
    const back = moved(front, new Set(['a', 'd']), 'back');
    expect(names(back)).toBe('dacb');
    expect(moved(back, new Set(['d', 'a']), 'back')).toBe(back);
    expect(moved(pile, new Set(['a', 'b', 'c', 'd']), 'front')).toBe(pile);
  });

  it('moves past the next object that it meets, not past one beside it', () => {
    const objects = [at('a'), at('b', 0, 60), at('c'), at('d', 1)];
    const forward = moved(objects, new Set(['a']), 'forward');
    expect(names(forward)).toBe('bcad');
    expect(names(moved(forward, new Set(['a']), 'backward'))).toBe('abcd');
    expect(moved(objects, new Set(['d']), 'forward')).toBe(objects);
    expect(moved(objects, new Set(['b']), 'backward')).toBe(objects);
  });

  it('comes back in the same order from a server that sorts by level and age', () => {
    let objects = pile;
    const moves = /** @type {const} */ (['forward', 'front', 'backward', 'back', 'forward', 'forward', 'backward']);
    moves.forEach((move, turn) => {
      objects = /** @type {KeptObject[]} */ ([...moved(objects, new Set(['acbd'[turn % 4]]), move)]);
      const byAge = [...objects].sort((a, b) => (a.key < b.key ? -1 : 1));
      expect(names(inDrawingOrder(byAge))).toBe(names(objects));
    });
  });

  it('goes to the end when there is no number left between two levels', () => {
    const next = 1 + Number.EPSILON;
    const objects = [at('a'), at('b', 1), at('c', next)];
    expect(names(moved(objects, new Set(['a']), 'forward'))).toBe('bca');
  });

  it('lays what a step adds on top of all, and leaves parts where their object was', () => {
    const before = { objects: [at('a'), at('b', 2)], draft: null };
    const added = withOrder({ objects: [...before.objects, at('new')], draft: null }, before);
    expect(names(added.objects)).toBe('abnew');
    expect(added.objects[2].details.zOrder).toBe(2);
    const split = { objects: [before.objects[0], at('part'), before.objects[1]], draft: null };
    expect(withOrder(split, before)).toBe(split);
    expect(withOrder(before, before)).toBe(before);
  });
});
