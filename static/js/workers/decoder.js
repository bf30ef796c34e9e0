/** The decoder inside the worker: one graph, one image, answers to prompts. */

import { DecoderError } from '../inference/decoder_error.js';
import { parseEmbedding } from '../inference/embedding_format.js';
import { encodePrompt } from '../inference/prompt_encoding.js';
import { buildCandidates } from './candidates.js';

/**
 * @import {
 *   DecodeRequest, DecoderInfo, Embedding, EncodedPrompt, GraphSession, ModelJson, Size, TensorValues, WorkerResults,
 * } from '../types.js'
 */

const LOGITS_OUTPUT = 'low_res_logits';
const IOU_OUTPUT = 'iou_predictions';
const PROMPT_INPUTS = ['point_coords', 'point_labels', 'mask_input', 'has_mask_input'];

/** Tokens of the decoder: the single mask and three readings of an ambiguous click. */
const MASK_COUNT = 4;

/** Keeps the open graph and the current image. All methods are called one after the other. */
export class Decoder {
  /** @type {{ model: ModelJson, session: GraphSession } | null} */
  #loaded = null;
  /** @type {{ imageId: string, embedding: Embedding } | null} */
  #image = null;
  #openGraph;

  /** @param {(graph: Uint8Array) => Promise<GraphSession>} openGraph - The runtime. */
  constructor(openGraph) {
    this.#openGraph = openGraph;
  }

  /**
   * Open the model's decoder and run it once, so that the first click does not pay for it.
   *
   * @param {ModelJson} model - As the server describes it.
   * @param {Uint8Array} graph - Its decoder as an ONNX file.
   * @returns {Promise<DecoderInfo>} How it runs here.
   * @throws {DecoderError} Code "decoder_unavailable" if the graph cannot be opened or has other inputs and outputs.
   */
  async load(model, graph) {
    this.#image = null;
    this.#loaded = null;
    const session = await this.#open(graph);
    checkGraph(session, model);
    this.#loaded = { model, session };
    const start = performance.now();
    await this.#run(warmUpInputs(model));
    const { threads, provider } = session;
    return { modelId: model.model_id, threads, provider, warmupMs: performance.now() - start };
  }

  /**
   * Take the next image. If it is refused, no image is set.
   *
   * @param {string} imageId - Names the image in later requests.
   * @param {ArrayBuffer} buffer - The embedding as the server sent it.
   * @param {Size} imageSize - Of the upright image.
   * @throws {DecoderError} Code "model_mismatch" if another model made the embedding, "embedding_invalid" if it cannot be
   *   read or belongs to an image of another size.
   */
  setImage(imageId, buffer, imageSize) {
    this.#image = null;
    const { model, session } = this.#requireLoaded();
    const embedding = parseEmbedding(buffer);
    if (embedding.modelId !== model.model_id) {
      throw new DecoderError(
        'model_mismatch',
        `embedding must come from model ${model.model_id}, got one from ${embedding.modelId}; reload the page`,
      );
    }
    checkEmbedding(embedding, imageSize, session);
    this.#image = { imageId, embedding };
  }

  /**
   * Answer a prompt.
   *
   * @param {string} imageId - The image that the prompt is about.
   * @param {DecodeRequest} request - In image pixels.
   * @returns {Promise<WorkerResults['decode']>} Best candidate first.
   * @throws {DecoderError} If that image is not set, the prompt is not usable, or the graph fails.
   */
  async decode(imageId, request) {
    const { model } = this.#requireLoaded();
    if (this.#image?.imageId !== imageId) {
      throw new DecoderError('image_not_set', `image ${imageId} must be set before its prompts; open the image again`);
    }
    const { embedding } = this.#image;
    const { imageSize, inputSize, modelSize, tensors } = embedding;
    const side = model.mask_size;
    const prompt = encodePrompt(request, { imageSize, inputSize, side });
    const start = performance.now();
    const outputs = await this.#run(new Map([...tensors, ...promptInputs(prompt, side)]));
    const decodeMs = performance.now() - start;
    const placement = { imageSize, inputSize, modelSize, threshold: model.mask_threshold };
    return { candidates: buildCandidates(outputs, prompt.tokens, side, placement), decodeMs };
  }

  #requireLoaded() {
    if (this.#loaded) return this.#loaded;
    throw new DecoderError('decoder_not_loaded', 'decoder must be loaded before it is asked; load it again');
  }

  /** @param {Uint8Array} graph */
  async #open(graph) {
    try {
      return await this.#openGraph(graph);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DecoderError('decoder_unavailable', `decoder must be an ONNX graph that runs here: ${reason}`, {
        cause,
      });
    }
  }

  /** @param {ReadonlyMap<string, TensorValues>} inputs */
  async #run(inputs) {
    const { model, session } = this.#requireLoaded();
    const outputs = await runGraph(session, inputs);
    const logits = outputs.get(LOGITS_OUTPUT);
    const predictedIous = outputs.get(IOU_OUTPUT);
    const expected = MASK_COUNT * model.mask_size ** 2;
    if (logits?.values.length !== expected || predictedIous?.values.length !== MASK_COUNT) {
      throw new DecoderError(
        'decoder_failed',
        `decoder must answer ${MASK_COUNT} masks of side ${model.mask_size}, got ${logits?.values.length} logits`,
      );
    }
    return { logits: logits.values, predictedIous: predictedIous.values };
  }
}

/**
 * @param {GraphSession} session
 * @param {ReadonlyMap<string, TensorValues>} inputs
 */
async function runGraph(session, inputs) {
  try {
    return await session.run(inputs);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DecoderError('decoder_failed', `decoder stopped while it ran: ${reason}; reload the page`, { cause });
  }
}

/**
 * @param {EncodedPrompt} prompt
 * @param {number} side
 * @returns {Map<string, TensorValues>}
 */
function promptInputs({ pointCoords, pointLabels, pointCount, maskInput, hasMaskInput }, side) {
  return new Map([
    ['point_coords', { shape: [1, pointCount, 2], values: pointCoords }],
    ['point_labels', { shape: [1, pointCount], values: pointLabels }],
    ['mask_input', { shape: [1, 1, side, side], values: maskInput }],
    ['has_mask_input', { shape: [1], values: Float32Array.of(hasMaskInput ? 1 : 0) }],
  ]);
}

/**
 * @param {ModelJson} model
 * @returns {Map<string, TensorValues>} A click on an empty image.
 */
function warmUpInputs({ tensors, mask_size: side }) {
  const prompt = {
    pointCoords: new Float32Array(4),
    pointLabels: Float32Array.of(1, -1),
    pointCount: 2,
    maskInput: new Float32Array(side * side),
    hasMaskInput: false,
    tokens: [],
  };
  const inputs = promptInputs(prompt, side);
  for (const { name, shape } of tensors) {
    const count = shape.reduce((product, length) => product * length, 1);
    inputs.set(name, { shape, values: new Float32Array(count) });
  }
  return inputs;
}

/**
 * @param {GraphSession} session
 * @param {ModelJson} model
 */
function checkGraph(session, model) {
  const wanted = [...PROMPT_INPUTS, ...model.tensors.map(({ name }) => name)].sort().join(', ');
  const got = [...session.inputNames].sort().join(', ');
  if (wanted !== got) {
    throw new DecoderError(
      'decoder_unavailable',
      `decoder of ${model.name} must take the inputs ${wanted}, got ${got}`,
    );
  }
  for (const output of [LOGITS_OUTPUT, IOU_OUTPUT]) {
    if (session.outputNames.includes(output)) continue;
    const names = session.outputNames.join(', ');
    throw new DecoderError('decoder_unavailable', `decoder of ${model.name} must answer ${output}, got ${names}`);
  }
}

/**
 * @param {Embedding} embedding
 * @param {Size} imageSize
 * @param {GraphSession} session
 */
function checkEmbedding(embedding, imageSize, session) {
  const { width, height } = embedding.imageSize;
  if (width !== imageSize.width || height !== imageSize.height) {
    throw new DecoderError(
      'embedding_invalid',
      `embedding must belong to an image of ${imageSize.width} x ${imageSize.height}, got ${width} x ${height}`,
    );
  }
  const missing = session.inputNames.filter((name) => !PROMPT_INPUTS.includes(name) && !embedding.tensors.has(name));
  if (missing.length > 0) {
    throw new DecoderError('embedding_invalid', `embedding must hold ${missing.join(', ')}; encode the image again`);
  }
}
