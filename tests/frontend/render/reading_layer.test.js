// @vitest-environment happy-dom
/** @import {LayerWish} from '../../../static/js/render/reading_layer.js' */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReadingLayer } from '../../../static/js/render/reading_layer.js';
import { fakeContext } from './fake_canvas.js';
import { fakeGl } from './fake_gl.js';

/** @param {WebGL2RenderingContext | null} gl what a canvas gives for WebGL2 */
function canvasWith(gl) {
  const canvas = document.createElement('canvas');
  const { context } = fakeContext();
  canvas.getContext = /** @type {never} */ ((/** @type {string} */ kind) => (kind === 'webgl2' ? gl : context));
  return canvas;
}

/**
 * @param {WebGL2RenderingContext | null} gl what the browser has
 * @param {LayerWish} [wish] what is asked for
 */
function makeLayer(gl, wish = 'auto') {
  const canvas = canvasWith(gl);
  vi.spyOn(document, 'createElement').mockReturnValue(canvasWith(gl));
  return createReadingLayer(canvas, wish);
}

afterEach(() => vi.restoreAllMocks());

describe('the layer of readings', () => {
  it('is WebGL2 with a graphics card', () => {
    expect(makeLayer(fakeGl().gl).kind).toBe('webgl2');
  });

  it('is a canvas where there is no WebGL2, and says so', () => {
    expect(makeLayer(null)).toMatchObject({ kind: 'canvas', reason: expect.stringContaining('no WebGL2') });
  });

  it('is a canvas where WebGL2 runs without a graphics card, unless it is asked for', () => {
    const { gl } = fakeGl({ renderer: 'SwiftShader' });
    expect(makeLayer(gl)).toMatchObject({ kind: 'canvas', reason: expect.stringContaining('SwiftShader') });
    vi.restoreAllMocks();
    expect(makeLayer(gl, 'webgl2').kind).toBe('webgl2');
  });

  it('is a canvas when WebGL2 is switched off, and when it is asked for in vain', () => {
    expect(makeLayer(fakeGl().gl, 'canvas')).toMatchObject({ kind: 'canvas', reason: 'switched off for this page' });
    vi.restoreAllMocks();
    expect(makeLayer(null, 'webgl2')).toMatchObject({ kind: 'canvas', reason: 'this browser has no WebGL2' });
  });
});
