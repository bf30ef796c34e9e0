import { describe, expect, it } from 'vitest';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { encodePrompt, imageToModelCoordinate, tokensFor } from '../../../static/js/inference/prompt_encoding.js';

/** @import { DecodeRequest } from '../../../static/js/types.js' */

const SIZES = { imageSize: { width: 200, height: 100 }, inputSize: { width: 64, height: 32 }, side: 2 };

const CLICK = promptPoint(imagePoint(100, 50), 1);
const BACKGROUND = promptPoint(imagePoint(0, 100), 0);

/** @type {(parts: Partial<DecodeRequest>) => DecodeRequest} */
const request = (parts) => ({ points: [], box: null, previousLogits: null, ...parts });

describe('imageToModelCoordinate', () => {
  it('puts the centre of a pixel on its index when nothing is scaled', () => {
    expect(imageToModelCoordinate(7.5, 64, 64)).toBe(7);
  });

  it('keeps the edges of image and model together', () => {
    expect(imageToModelCoordinate(0, 64, 200)).toBe(-0.5);
    expect(imageToModelCoordinate(200, 64, 200)).toBe(63.5);
  });
});

describe('encodePrompt', () => {
  it('adds a padding point at the origin when there is no box', () => {
    const prompt = encodePrompt(request({ points: [CLICK, BACKGROUND] }), SIZES);
    expect(Array.from(prompt.pointCoords)).toEqual([31.5, 15.5, -0.5, 31.5, 0, 0]);
    expect(Array.from(prompt.pointLabels)).toEqual([1, 0, -1]);
    expect(prompt.pointCount).toBe(3);
  });

  it('puts the corners of the box last and adds no padding', () => {
    const prompt = encodePrompt(request({ points: [CLICK], box: [0, 0, 200, 100] }), SIZES);
    expect(Array.from(prompt.pointCoords)).toEqual([31.5, 15.5, -0.5, -0.5, 63.5, 31.5]);
    expect(Array.from(prompt.pointLabels)).toEqual([1, 2, 3]);
  });

  it('counts from the corner of the part that answers', () => {
    const crop = { x: 50, y: 20, width: 100, height: 50 };
    const prompt = encodePrompt(request({ points: [CLICK], box: [50, 20, 150, 70] }), { ...SIZES, crop });
    expect(Array.from(prompt.pointCoords)).toEqual([31.5, 18.7, -0.5, -0.5, 63.5, 31.5].map(Math.fround));
  });

  it('feeds zeros and says so when there is nothing to correct', () => {
    const prompt = encodePrompt(request({ points: [CLICK] }), SIZES);
    expect(prompt.maskInput).toBeNull();
  });

  it('feeds the earlier logits back', () => {
    const previousLogits = Float32Array.of(1, -2, 3, -4);
    const prompt = encodePrompt(request({ points: [CLICK], previousLogits }), SIZES);
    expect(prompt.maskInput).toBe(previousLogits);
  });

  it.each([
    ['nothing', request({}), /must have at least one point or a box, got neither/],
    ['a number that is not finite', request({ box: [0, 0, NaN, 1] }), /must be finite numbers, got 0, 0, NaN, 1/],
    [
      'logits of another size',
      request({ points: [CLICK], previousLogits: new Float32Array(9) }),
      /previousLogits must hold 2 x 2 = 4 values, got 9; logits of another model/,
    ],
  ])('refuses %s', (_what, prompt, message) => {
    expect(() => encodePrompt(prompt, SIZES)).toThrow(message);
    expect(() => encodePrompt(prompt, SIZES)).toThrow(expect.objectContaining({ code: 'prompt_invalid' }));
  });
});

describe('tokensFor', () => {
  it('offers three readings of a single click and nothing else', () => {
    expect(tokensFor(request({ points: [CLICK] }))).toEqual([1, 2, 3]);
  });

  it.each([
    ['two clicks', request({ points: [CLICK, BACKGROUND] })],
    ['a box', request({ box: [0, 0, 1, 1] })],
    ['a click in a box', request({ points: [CLICK], box: [0, 0, 1, 1] })],
    ['a click that corrects a mask', request({ points: [CLICK], previousLogits: new Float32Array(4) })],
  ])('offers the single mask for %s', (_what, prompt) => {
    expect(tokensFor(prompt)).toEqual([0]);
  });
});
