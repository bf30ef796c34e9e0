/** The worker's message loop: one answer to every request. */

import { DecoderError } from '../inference/decoder_error.js';
import {
  candidateBuffers,
  contoursBuffers,
  errorResponse,
  errorToMessage,
  readingBuffers,
  resultResponse,
} from '../inference/messages.js';
import { contoursOfEdges } from '../masks/contour.js';
import { exactMaskOfLogits } from '../masks/exact_mask.js';
import { edgesOfRle } from '../masks/rle_edges.js';
import { Decoder } from './decoder.js';
import { fetchGraph } from './fetch_graph.js';
import { withForcedFailures } from './forced_failures.js';
import { openGraph } from './ort_runtime.js';
import { TaskQueue } from './task_queue.js';

/** @import { Contours, ErrorMessage, ExactMaskTask, Rle, WorkerRequest, WorkerResults } from '../types.js' */

/** @typedef {{ result: WorkerResults[keyof WorkerResults], buffers: ArrayBuffer[] }} Answer */

const scope = /** @type {DedicatedWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));
const decoder = new Decoder(withForcedFailures(openGraph));

const queue = new TaskQueue({
  perform: answer,
  drop: ({ id }) => scope.postMessage(resultResponse(id, null)),
});

/**
 * @param {readonly Rle[]} rles
 * @returns {Answer}
 */
function traceRles(rles) {
  const result = rles.map(traceRle);
  return { result, buffers: result.flatMap((traced) => ('points' in traced ? contoursBuffers(traced) : [])) };
}

/**
 * @param {Rle} rle
 * @returns {Contours | ErrorMessage}
 */
function traceRle(rle) {
  try {
    return contoursOfEdges(edgesOfRle(rle), rle.size[1]);
  } catch (error) {
    const known = error instanceof RangeError;
    return errorToMessage(known ? new DecoderError('rle_invalid', error.message, { cause: error }) : error);
  }
}

/**
 * @param {ExactMaskTask} task
 * @returns {Answer}
 */
function makeExactMask({ logits, side, placement }) {
  const mask = exactMaskOfLogits(logits, side, placement);
  return { result: mask, buffers: contoursBuffers(mask.contours) };
}

/**
 * @param {WorkerRequest} request
 * @param {() => Promise<void>} pause lets in what cannot wait
 * @returns {Promise<Answer>}
 */
async function perform(request, pause) {
  switch (request.kind) {
    case 'load': {
      const graph = await fetchGraph(request.decoderUrl, request.model.model_id);
      return { result: await decoder.load(request.model, graph, request.setup), buffers: [] };
    }
    case 'setImage':
      decoder.setImage(request.imageId, request.embedding, request.imageSize);
      return { result: null, buffers: [] };
    case 'setCloseUp':
      decoder.setCloseUp(request.imageId, request.embedding, request.imageSize);
      return { result: null, buffers: [] };
    case 'decode': {
      const result = await decoder.decode(request.imageId, request.request, pause);
      return { result, buffers: candidateBuffers(result.candidates) };
    }
    case 'hover':
    case 'preview': {
      const result = await decoder.preview(request.imageId, request.request);
      return { result, buffers: readingBuffers(result) };
    }
    case 'exactMask':
      return makeExactMask(request);
    case 'traceRles':
      return traceRles(request.rles);
  }
}

/** @type {(request: WorkerRequest, pause?: () => Promise<void>) => Promise<void>} */
async function answer(request, pause = async () => {}) {
  try {
    const { result, buffers } = await perform(request, pause);
    scope.postMessage(resultResponse(request.id, result), buffers);
  } catch (error) {
    scope.postMessage(errorResponse(request.id, error));
  }
}

scope.onmessage = (/** @type {MessageEvent<WorkerRequest>} */ event) => {
  // Outlines need no decoder, so kept masks appear while it still loads.
  if (event.data.kind === 'traceRles') answer(event.data);
  else queue.add(event.data);
};
