import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drawMaskThumb } from '../../../static/js/render/mask_thumb.js';
import { SQUARE } from '../session_builders.js';
import { FakePath, fakeContext } from './fake_canvas.js';

/** @import {BoxXywh} from '../../../static/js/types.js' */

beforeEach(() => void vi.stubGlobal('Path2D', FakePath));
afterEach(() => vi.unstubAllGlobals());

const OBJECT = { contours: SQUARE, bbox: /** @type {BoxXywh} */ ([10, 20, 20, 20]), color: '#56b4e9' };
const PHOTO = { levels: [{ source: /** @type {ImageBitmap} */ ({}), scale: 1 }], size: { width: 100, height: 80 } };

/** @param {CanvasRenderingContext2D | null} context what the canvas gives */
const canvasWith = (context) =>
  /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ ({ width: 62, height: 62, getContext: () => context }));

describe('mask thumb', () => {
  it('puts the object into the middle, with a margin', () => {
    const { calls, context } = fakeContext();
    drawMaskThumb(canvasWith(context), OBJECT, PHOTO);
    const [scale, , , , offsetX, offsetY] = /** @type {number[]} */ (
      calls.filter(({ name }) => name === 'setTransform')[1].values
    );
    expect(20 * scale + offsetX).toBeCloseTo(31);
    expect(30 * scale + offsetY).toBeCloseTo(31);
    expect(20 * scale).toBeLessThan(62);
  });

  it('draws the mask alone while the photograph is loading', () => {
    const { calls, context } = fakeContext();
    drawMaskThumb(canvasWith(context), OBJECT, { ...PHOTO, levels: [] });
    expect(calls.some(({ name }) => name === 'drawImage')).toBe(false);
    expect(calls.find(({ name }) => name === 'fill')?.style.globalAlpha).toBe(1);
  });

  it('draws only the photograph for an empty mask', () => {
    const { calls, context } = fakeContext();
    drawMaskThumb(canvasWith(context), { ...OBJECT, bbox: [0, 0, 0, 0] }, PHOTO);
    expect(calls.some(({ name }) => name === 'fill')).toBe(false);
  });

  it('does nothing without a context', () => {
    expect(() => drawMaskThumb(canvasWith(null), OBJECT, PHOTO)).not.toThrow();
  });
});
