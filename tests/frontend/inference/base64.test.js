import { describe, expect, it } from 'vitest';
import { base64ToBytes, bytesToBase64 } from '../../../static/js/inference/base64.js';

describe('base64', () => {
  it('agrees with the encoder of Node for every length up to a block', () => {
    for (let length = 0; length < 8; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => 255 - 31 * index);
      expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });

  it('gives large arrays back', () => {
    const bytes = Uint8Array.from({ length: 200_003 }, (_, index) => (index * 7919) >> 3);
    expect(Buffer.compare(base64ToBytes(bytesToBase64(bytes)), bytes)).toBe(0);
  });

  it('refuses text that is not base64', () => {
    expect(() => base64ToBytes('*')).toThrow();
  });
});
