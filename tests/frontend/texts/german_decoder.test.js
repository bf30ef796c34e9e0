import { expect, it } from 'vitest';
import { GERMAN_DECODER } from '../../../static/js/texts/german_decoder.js';

it('gives every step of the ladder another name', () => {
  const { WebGPU, 'several threads': threads, 'one thread': single, 'the server': server } = GERMAN_DECODER;
  expect(new Set([WebGPU, threads, single, server]).size).toBe(4);
});
