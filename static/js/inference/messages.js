/**
 * The protocol between page and worker. Every request has an id and gets exactly one answer with that id: a result or
 * an error. The shapes are `WorkerRequest` and `WorkerResponse` in types.d.ts.
 */

import { DecoderError } from './decoder_error.js';

/** @import { Candidate, Contours, DecoderErrorCode, ErrorMessage, MaskReading, WorkerResponse, WorkerResults } from '../types.js' */

/**
 * Make an error fit for a message port.
 *
 * @param {unknown} error - Whatever was thrown.
 * @returns {ErrorMessage} Its name, its code ("decoder_failed" if it has none) and its text.
 */
export function errorToMessage(error) {
  if (error instanceof DecoderError) return { name: error.name, code: error.code, message: error.message };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { name: 'DecoderError', code: 'decoder_failed', message: text };
}

/**
 * Make the error again that was thrown on the other side.
 *
 * @param {ErrorMessage} message - From `errorToMessage`.
 * @returns {DecoderError} Of the same code and text.
 */
export function errorFromMessage(message) {
  return new DecoderError(/** @type {DecoderErrorCode} */ (message.code), message.message);
}

/**
 * Answer a request with its result.
 *
 * @param {number} id - Of the request.
 * @param {WorkerResults[keyof WorkerResults]} result - What was asked for.
 * @returns {WorkerResponse} The answer.
 */
export function resultResponse(id, result) {
  return { id, ok: true, result };
}

/**
 * Answer a request with an error.
 *
 * @param {number} id - Of the request.
 * @param {unknown} error - Whatever was thrown.
 * @returns {WorkerResponse} The answer.
 */
export function errorResponse(id, error) {
  return { id, ok: false, error: errorToMessage(error) };
}

/**
 * List the memory of an outline that can move to the other side instead of being copied.
 *
 * @param {Contours} contours - It is empty on this side afterwards.
 * @returns {ArrayBuffer[]} Its buffers.
 */
export function contoursBuffers({ points, ringStarts }) {
  return [points, ringStarts].map((array) => /** @type {ArrayBuffer} */ (array.buffer));
}

/**
 * List the memory of candidates that can move to the other side instead of being copied.
 *
 * @param {readonly Candidate[]} candidates - Their arrays are empty on this side afterwards.
 * @returns {ArrayBuffer[]} Their buffers.
 */
export function candidateBuffers(candidates) {
  return candidates.flatMap((candidate) => [
    /** @type {ArrayBuffer} */ (candidate.logits.buffer),
    ...contoursBuffers(candidate.contours),
  ]);
}

/**
 * List the memory of readings that can move to the other side instead of being copied.
 *
 * @param {readonly MaskReading[]} readings - Their logits are empty on this side afterwards.
 * @returns {ArrayBuffer[]} Their buffers.
 */
export function readingBuffers(readings) {
  return readings.map(({ logits }) => /** @type {ArrayBuffer} */ (logits.buffer));
}
