import { expect, it } from 'vitest';
import { IntList } from '../../../static/js/masks/int_list.js';

it('keeps every integer in order, however many there are', () => {
  const list = new IntList();
  for (let value = 0; value < 5000; value += 1) list.push(value - 2500);
  expect(list.length).toBe(5000);
  expect(list.toArray().every((value, index) => value === index - 2500)).toBe(true);
});

it('gives an array of its own, as long as the list', () => {
  const list = new IntList();
  list.push(7);
  const first = list.toArray();
  list.push(8);
  expect(first).toEqual(Int32Array.of(7));
  expect(first.buffer.byteLength).toBe(4);
});

it('replaces the last integer, and starts as small as it is told', () => {
  const list = new IntList(1);
  list.push(1);
  list.push(2);
  list.setLast(9);
  expect(list.toArray()).toEqual(Int32Array.of(1, 9));
});
