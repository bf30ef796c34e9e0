import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logitsFromJson, logitsToJson } from '../../../static/js/inference/logits_json.js';

/** @type {{ values: number[], base64: string, rounded: number[] }} */
const FIXTURE = JSON.parse(readFileSync(new URL('../fixtures/float16.json', import.meta.url), 'utf8'));

describe('kept logits', () => {
  it('are the bytes that numpy writes', () => {
    expect(logitsToJson(Float32Array.from(FIXTURE.values), 1).data).toBe(FIXTURE.base64);
  });

  it('are read from the bytes that numpy writes', () => {
    const shape = /** @type {[number, number]} */ ([1, FIXTURE.values.length]);
    expect(Array.from(logitsFromJson({ shape, data: FIXTURE.base64 }))).toEqual(FIXTURE.rounded);
  });

  it('do not change any more after the first rounding', () => {
    const once = logitsFromJson(logitsToJson(Float32Array.of(0.1, -3.3, 12.7, 0), 2));
    expect(logitsFromJson(logitsToJson(once, 2))).toEqual(once);
  });

  it('are refused when they do not fill their shape', () => {
    expect(() => logitsFromJson({ shape: [4, 4], data: 'AAAA' })).toThrow(
      expect.objectContaining({
        code: 'prompt_invalid',
        message: 'low_res_logits must hold 4 x 4 half floats, got 3 bytes',
      }),
    );
  });
});
