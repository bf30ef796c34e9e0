/** Low-resolution logits as they are kept with an annotation: base64 of little-endian half floats. */

import { base64ToBytes, bytesToBase64 } from './base64.js';
import { DecoderError } from './decoder_error.js';
import { decodeFloat16, encodeFloat16 } from './float16.js';

/** @import { LogitsJson } from '../types.js' */

const BYTES_PER_VALUE = 2;

/**
 * Write logits for the server.
 *
 * @param {Float32Array} logits - Row by row, side * side values.
 * @param {number} side - Of the square.
 * @returns {LogitsJson} Rounded to half precision.
 */
export function logitsToJson(logits, side) {
  const halves = encodeFloat16(logits);
  const view = new DataView(new ArrayBuffer(BYTES_PER_VALUE * halves.length));
  halves.forEach((half, index) => view.setUint16(BYTES_PER_VALUE * index, half, true));
  return { shape: [side, side], data: bytesToBase64(new Uint8Array(view.buffer)) };
}

/**
 * Read logits that the server kept.
 *
 * @param {LogitsJson} json - As `logitsToJson` and the server write it.
 * @returns {Float32Array} Row by row.
 * @throws {DecoderError} Code "prompt_invalid" if the bytes do not fill the shape.
 */
export function logitsFromJson({ shape: [height, width], data }) {
  const bytes = base64ToBytes(data);
  if (bytes.length !== BYTES_PER_VALUE * height * width) {
    throw new DecoderError(
      'prompt_invalid',
      `low_res_logits must hold ${height} x ${width} half floats, got ${bytes.length} bytes`,
    );
  }
  const view = new DataView(bytes.buffer);
  return decodeFloat16(
    Uint16Array.from({ length: height * width }, (_, i) => view.getUint16(BYTES_PER_VALUE * i, true)),
  );
}
