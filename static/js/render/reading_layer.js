/** The layer that draws logits: with WebGL2 where a graphics card is behind it, else on a 2d canvas. */

/** @import {Size, Viewport} from '../types.js' */
/** @import {ReadingItem} from './scene.js' */

import { createLayer } from './layer_canvas.js';
import { createCanvasLayer } from './reading_canvas.js';
import { createGlLayer, softwareRenderer } from './reading_gl.js';

/**
 * @typedef {object} ReadingLayer
 * @property {'webgl2' | 'canvas'} kind what draws it
 * @property {string} [reason] why WebGL2 does not
 * @property {(size: Size, pixelRatio: number) => void} resize in CSS pixels
 * @property {(items: ReadingItem[], viewport: Viewport) => void} draw wipes it and draws these, bottom first
 */

/** @typedef {'auto' | 'webgl2' | 'canvas'} LayerWish */

/**
 * Make the layer of a canvas element that has no context yet.
 *
 * @param {HTMLCanvasElement} canvas the element
 * @param {LayerWish} [wish] `webgl2` also takes a slow one, `canvas` never asks for it
 * @returns {ReadingLayer} the layer; it says what draws it, and why
 */
export function createReadingLayer(canvas, wish = 'auto') {
  if (wish === 'canvas') return onCanvas(canvas, 'switched off for this page');
  // A canvas keeps its first kind of context for ever, so it is asked elsewhere whether the real one is wanted.
  const reason = wish === 'webgl2' ? null : reasonAgainst(document.createElement('canvas'));
  if (reason !== null) return onCanvas(canvas, reason);
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
  if (!gl) return onCanvas(canvas, 'this browser has no WebGL2');
  return createGlLayer(canvas, gl);
}

/** @type {(canvas: HTMLCanvasElement, reason: string) => ReadingLayer} */
const onCanvas = (canvas, reason) => ({ ...createCanvasLayer(createLayer(canvas)), reason });

/**
 * @param {HTMLCanvasElement} probe a canvas that is thrown away
 * @returns {string | null} null when WebGL2 is there and quick
 */
function reasonAgainst(probe) {
  const gl = probe.getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return 'this browser has no WebGL2 with a graphics card';
  const software = softwareRenderer(gl);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return software && `WebGL2 has no graphics card here (${software})`;
}
