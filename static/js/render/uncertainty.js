/** Shows on a 2d canvas where the decoder is unsure: the nearer a logit is to the threshold, the stronger. */

/** @import {MaskReading} from '../types.js' */

import { frameOf } from '../masks/placement.js';

const UNSURE = [240, 60, 255];
const OPACITY = 0.85;

/**
 * Colour the logits.
 *
 * @param {Float32Array} logits low-resolution logits
 * @param {number} threshold where inside begins
 * @returns {Uint8ClampedArray<ArrayBuffer>} red, green, blue, opacity of each logit
 */
export function uncertaintyPixels(logits, threshold) {
  const pixels = new Uint8ClampedArray(4 * logits.length);
  for (let at = 0; at < logits.length; at += 1) {
    const sure = Math.abs(2 / (1 + Math.exp(threshold - logits[at])) - 1);
    pixels.set(UNSURE, 4 * at);
    pixels[4 * at + 3] = 255 * OPACITY * (1 - sure);
  }
  return pixels;
}

/**
 * Lay the colours over the image.
 *
 * @param {CanvasRenderingContext2D} context in image pixels
 * @param {Pick<MaskReading, 'logits' | 'side' | 'placement'>} mask the reading
 * @param {number} threshold where inside begins
 */
export function paintUncertainty(context, { logits, side, placement }, threshold) {
  const { inputSize, modelSize } = placement;
  const frame = frameOf(placement);
  const small = new OffscreenCanvas(side, side);
  small.getContext('2d')?.putImageData(new ImageData(uncertaintyPixels(logits, threshold), side, side), 0, 0);
  const cell = side / modelSize;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'low';
  const [width, height] = [inputSize.width * cell, inputSize.height * cell];
  context.drawImage(small, 0, 0, width, height, frame.x, frame.y, frame.width, frame.height);
}
