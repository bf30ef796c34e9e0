import { afterEach, describe, expect, it, vi } from 'vitest';
import { paintUncertainty, uncertaintyPixels } from '../../../static/js/render/uncertainty.js';
import { makeReading } from '../session_builders.js';
import { fakeContext } from './fake_canvas.js';

afterEach(() => vi.unstubAllGlobals());

describe('uncertainty', () => {
  it('is strongest at the threshold, the same on both sides of it, and gone where the decoder is sure', () => {
    const opacity = [...uncertaintyPixels(Float32Array.of(2, 3, 1, 40, -40), 2)].filter((_, at) => at % 4 === 3);
    expect(opacity[0]).toBe(217);
    expect(opacity[1]).toBe(opacity[2]);
    expect(opacity.slice(3)).toEqual([0, 0]);
  });

  it('lies over the image, without the padding of the model square', () => {
    const small = fakeContext();
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext() {
          return small.context;
        }
      },
    );
    vi.stubGlobal('ImageData', class {});
    const { calls, context } = fakeContext();
    paintUncertainty(context, makeReading(), 0);
    expect(small.calls.map(({ name }) => name)).toEqual(['putImageData']);
    expect(calls[0].values.slice(1)).toEqual([0, 0, 2, 1.6, 0, 0, 100, 80]);
    const reading = makeReading();
    const crop = { x: 10, y: 20, width: 30, height: 40 };
    paintUncertainty(context, { ...reading, placement: { ...reading.placement, crop } }, 0);
    expect(calls.at(-1)?.values.slice(5)).toEqual([10, 20, 30, 40]);
  });
});
