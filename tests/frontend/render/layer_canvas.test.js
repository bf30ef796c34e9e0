import { describe, expect, it } from 'vitest';
import { createLayer, inImageSpace } from '../../../static/js/render/layer_canvas.js';
import { fakeContext } from './fake_canvas.js';

/** @param {CanvasRenderingContext2D | null} context what the canvas gives */
const canvasWith = (context) =>
  /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ ({ width: 0, height: 0, getContext: () => context }));

describe('layer', () => {
  it('has a pixel for every pixel of the screen and is drawn in CSS pixels', () => {
    const { calls, context } = fakeContext();
    const canvas = canvasWith(context);
    const layer = createLayer(canvas);
    layer.resize({ width: 300, height: 200.4 }, 1.5);
    expect([canvas.width, canvas.height]).toEqual([450, 301]);
    expect(layer.ratio).toBe(1.5);
    layer.clear();
    expect(calls.map(({ name, values }) => [name, ...values])).toEqual([
      ['setTransform', 1, 0, 0, 1, 0, 0],
      ['clearRect', 0, 0, 450, 301],
      ['setTransform', 1.5, 0, 0, 1.5, 0, 0],
    ]);
  });

  it('goes to image pixels and back', () => {
    const { calls, context } = fakeContext();
    inImageSpace(context, { scale: 2, offsetX: 5, offsetY: 6 }, () => context.beginPath());
    expect(calls.map(({ name }) => name)).toEqual(['save', 'translate', 'scale', 'beginPath', 'restore']);
  });

  it('says so when the browser gives no context', () => {
    expect(() => createLayer(canvasWith(null))).toThrow('2d canvas context');
  });
});
