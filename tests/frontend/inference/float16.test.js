import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeFloat16, encodeFloat16 } from '../../../static/js/inference/float16.js';

/** @type {{ values: number[], rounded: number[] }} */
const FIXTURE = JSON.parse(readFileSync(new URL('../fixtures/float16.json', import.meta.url), 'utf8'));

describe('half floats', () => {
  it('are rounded as numpy rounds them', () => {
    expect(Array.from(decodeFloat16(encodeFloat16(Float32Array.from(FIXTURE.values))))).toEqual(FIXTURE.rounded);
  });

  it('come back bit for bit from a round trip, all 63,488 finite ones', () => {
    const bits = Uint16Array.from({ length: 0x10000 }, (_, value) => value).filter(
      (value) => (value & 0x7c00) !== 0x7c00,
    );
    const again = encodeFloat16(decodeFloat16(bits));
    expect(bits.findIndex((value, index) => value !== again[index])).toBe(-1);
  });

  it('are the largest finite number for everything beyond it', () => {
    const values = Float32Array.of(65520, 1e30, Infinity, -1e9, -Infinity);
    expect(Array.from(decodeFloat16(encodeFloat16(values)))).toEqual([65504, 65504, 65504, -65504, -65504]);
  });

  it('keep what is not a number', () => {
    expect(decodeFloat16(encodeFloat16(Float32Array.of(NaN)))[0]).toBeNaN();
    expect(Array.from(decodeFloat16(Uint16Array.of(0x7c00, 0xfc00)))).toEqual([Infinity, -Infinity]);
  });
});
