import { describe, expect, it } from 'vitest';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';
import {
  candidateBuffers,
  errorFromMessage,
  errorResponse,
  errorToMessage,
  readingBuffers,
  resultResponse,
} from '../../../static/js/inference/messages.js';
import { makeReading } from '../session_builders.js';

describe('errors on their way through a port', () => {
  it('come back as the same class with code and text', () => {
    const error = new DecoderError('model_mismatch', 'embedding must come from model a, got one from b');
    const again = errorFromMessage(structuredClone(errorToMessage(error)));
    expect(again).toBeInstanceOf(DecoderError);
    expect(again).toMatchObject({ name: 'DecoderError', code: 'model_mismatch', message: error.message });
  });

  it('get a code when they are not ours, and keep their name', () => {
    expect(errorToMessage(new TypeError('x is null'))).toMatchObject({
      code: 'decoder_failed',
      message: 'TypeError: x is null',
    });
    expect(errorToMessage('text')).toMatchObject({ code: 'decoder_failed', message: 'text' });
  });
});

describe('responses', () => {
  it('carry the id of their request', () => {
    expect(resultResponse(4, null)).toEqual({ id: 4, ok: true, result: null });
    expect(errorResponse(5, new DecoderError('disposed', 'gone'))).toMatchObject({ id: 5, ok: false });
  });

  it('move the logits of readings instead of copying them', () => {
    const readings = [makeReading(), makeReading()];
    structuredClone(readings, { transfer: readingBuffers(readings) });
    expect(readings.map(({ logits }) => logits.length)).toEqual([0, 0]);
  });

  it('move every array of a candidate instead of copying it', () => {
    const contours = { points: new Int32Array(8), ringStarts: new Int32Array(1) };
    const rle = { size: /** @type {const} */ ([1, 1]), counts: '1' };
    /** @type {import('../../../static/js/types.js').Candidate} */
    const candidate = {
      ...{ token: 0, predictedIou: 1, logits: new Float32Array(4), side: 2, area: 0, bbox: [0, 0, 0, 0] },
      ...{ rle, contours },
    };
    structuredClone([candidate], { transfer: candidateBuffers([candidate]) });
    expect([candidate.logits, contours.points, contours.ringStarts].map((array) => array.length)).toEqual([0, 0, 0]);
  });
});
