/**
 * Reads an embedding as the server sends it: a safetensors file of half floats. That format is 8 bytes with the length
 * of a JSON header (little-endian), the header with type, shape and place of every tensor, then the numbers.
 */

import { DecoderError } from './decoder_error.js';
import { decodeFloat16 } from './float16.js';

/** @import { Crop, Embedding, TensorValues } from '../types.js' */

const PREFIX_BYTES = 8;
const METADATA_KEY = '__metadata__';

/** @typedef {{ dtype: string, shape: number[], data_offsets: [start: number, end: number] }} TensorEntry */

/**
 * Read an embedding.
 *
 * @param {ArrayBuffer} buffer - The whole file; it is not kept.
 * @returns {Embedding} Widened to 32-bit floats.
 * @throws {DecoderError} Code "embedding_invalid" if the file is cut off or not in this format.
 */
export function parseEmbedding(buffer) {
  const { header, dataStart } = readHeader(buffer);
  const { [METADATA_KEY]: metadata = {}, ...entries } = header;
  /** @type {Map<string, TensorValues>} */
  const tensors = new Map();
  for (const [name, entry] of Object.entries(entries)) {
    tensors.set(name, readTensor(buffer, dataStart, name, /** @type {TensorEntry} */ (entry)));
  }
  const texts = /** @type {Record<string, string>} */ (metadata);
  return {
    encoderId: readText(texts, 'encoder_id'),
    imageSize: { width: readLength(texts, 'image_width'), height: readLength(texts, 'image_height') },
    crop: 'crop_width' in texts ? readCrop(texts) : null,
    inputSize: { width: readLength(texts, 'input_width'), height: readLength(texts, 'input_height') },
    modelSize: readLength(texts, 'model_size'),
    tensors,
  };
}

/** @param {string} message */
function invalid(message) {
  return new DecoderError('embedding_invalid', message);
}

/**
 * @param {ArrayBuffer} buffer
 * @returns {{ header: Record<string, unknown>, dataStart: number }}
 */
function readHeader(buffer) {
  if (buffer.byteLength < PREFIX_BYTES) {
    throw invalid(`embedding must be a safetensors file, got ${buffer.byteLength} bytes; fetch it again`);
  }
  const headerBytes = Number(new DataView(buffer).getBigUint64(0, true));
  const dataStart = PREFIX_BYTES + headerBytes;
  if (dataStart > buffer.byteLength) {
    throw invalid(`embedding must be a whole safetensors file, got ${buffer.byteLength} bytes; fetch it again`);
  }
  try {
    const text = new TextDecoder().decode(new Uint8Array(buffer, PREFIX_BYTES, headerBytes));
    return { header: JSON.parse(text), dataStart };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid(`embedding must start with a JSON header, got text that does not parse (${error.message})`);
  }
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} dataStart
 * @param {string} name
 * @param {TensorEntry} entry
 * @returns {TensorValues}
 */
function readTensor(buffer, dataStart, name, { dtype, shape, data_offsets: [start, end] }) {
  if (dtype !== 'F16') throw invalid(`embedding tensor ${name} must be of type F16, got ${dtype}`);
  const count = shape.reduce((product, length) => product * length, 1);
  const bytes = 2 * count;
  if (end - start !== bytes || dataStart + end > buffer.byteLength) {
    throw invalid(`embedding tensor ${name} must have ${bytes} bytes, but the file is cut off; fetch it again`);
  }
  // A copy, because the header may leave the numbers at an odd place, where no 16-bit view can start.
  const halves = new Uint16Array(buffer.slice(dataStart + start, dataStart + end));
  return { shape, values: decodeFloat16(halves) };
}

/**
 * @param {Record<string, string>} metadata
 * @param {string} key
 */
function readText(metadata, key) {
  const text = metadata[key];
  if (typeof text !== 'string') throw invalid(`embedding metadata must name ${key}, got none`);
  return text;
}

/** @type {(metadata: Record<string, string>) => Crop} */
function readCrop(metadata) {
  return {
    x: readLength(metadata, 'crop_x', 0),
    y: readLength(metadata, 'crop_y', 0),
    width: readLength(metadata, 'crop_width'),
    height: readLength(metadata, 'crop_height'),
  };
}

/**
 * @param {Record<string, string>} metadata
 * @param {string} key
 * @param {number} [least]
 */
function readLength(metadata, key, least = 1) {
  const text = readText(metadata, key);
  const length = Number(text);
  if (text === '' || !Number.isInteger(length) || length < least) {
    throw invalid(`embedding metadata ${key} must be a whole number of pixels, got "${text}"`);
  }
  return length;
}
