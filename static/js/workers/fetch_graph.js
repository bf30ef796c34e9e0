/** Gets the decoder graph from the server. */

import { DecoderError } from '../inference/decoder_error.js';

/**
 * Fetch the decoder of a model.
 *
 * @param {string} url - Absolute.
 * @param {string} modelId - The model it must belong to; the server names it in the ETag.
 * @returns {Promise<Uint8Array>} The ONNX file.
 * @throws {DecoderError} Code "decoder_unavailable" if the server does not give it, "model_mismatch" if the server runs
 *   another model by now.
 */
export async function fetchGraph(url, modelId) {
  const response = await request(url);
  if (!response.ok) {
    throw new DecoderError('decoder_unavailable', `decoder must be served at ${url}, got HTTP ${response.status}`);
  }
  const tag = response.headers.get('ETag');
  if (tag !== null && !tag.includes(modelId)) {
    throw new DecoderError(
      'model_mismatch',
      `decoder must belong to model ${modelId}, but the server sends ${tag}; reload the page`,
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string} url */
async function request(url) {
  try {
    return await fetch(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DecoderError('decoder_unavailable', `decoder must be served at ${url}, got no answer: ${reason}`, {
      cause,
    });
  }
}
