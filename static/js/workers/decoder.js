/** The decoder inside the worker: one graph, one image, answers to prompts. */

import { DecoderError } from '../inference/decoder_error.js';
import { parseEmbedding } from '../inference/embedding_format.js';
import { goesBeyond } from '../masks/frame_reach.js';
import { isSameCrop } from '../masks/placement.js';
import { encodePrompt } from '../inference/prompt_encoding.js';
import { buildCandidates, buildReadings } from './candidates.js';
import { DecoderGraph, emptyInputs } from './decoder_graph.js';

/** @import { DecoderOutputs } from './decoder_graph.js' */
/** @import { DecodeRequest, DecoderInfo, DecoderSetup, Embedding, GraphSession, LogitsPlacement, MaskReading, ModelJson, Size, WorkerResults } from '../types.js' */

/**
 * What answered a prompt.
 *
 * @typedef {object} Run
 * @property {DecoderOutputs} outputs - Of all tokens.
 * @property {readonly number[]} tokens - Which of them to offer.
 * @property {Embedding} embedding - Of the image, or of a part of it.
 */

/** Keeps the open graph and the current image. All methods are called one after the other, but see `decode`. */
export class Decoder {
  /** @type {{ model: ModelJson, graph: DecoderGraph } | null} */
  #loaded = null;
  /** @type {{ imageId: string, embedding: Embedding } | null} */
  #image = null;
  /** @type {Embedding | null} of a part of the image */
  #closeUp = null;
  /** The newest run: a click where the pointer rested asks what the preview asked, and need not wait again. */
  /** @type {(Run & { request: DecodeRequest }) | null} */
  #newest = null;
  #openGraph;

  /** @param {(file: Uint8Array, setup: DecoderSetup) => Promise<GraphSession>} openGraph - The runtime. */
  constructor(openGraph) {
    this.#openGraph = openGraph;
  }

  /**
   * Open the model's decoder and run it once, so that the first click does not pay for it.
   *
   * @param {ModelJson} model - As the server describes it.
   * @param {Uint8Array} file - Its decoder as an ONNX file.
   * @param {DecoderSetup} setup - What it should run on.
   * @returns {Promise<DecoderInfo>} How it runs here.
   * @throws {DecoderError} Code "decoder_unavailable" if the graph cannot be opened or has other inputs and outputs.
   */
  async load(model, file, setup) {
    const session = await this.#open(file, setup);
    const graph = new DecoderGraph(session, model);
    const start = performance.now();
    const { features, prompt } = emptyInputs(model);
    await graph.run(features, prompt);
    this.#loaded = { model, graph };
    const { threads, provider } = session;
    return { modelId: model.model_id, threads, provider, warmupMs: performance.now() - start };
  }

  /**
   * Take the next image. If it is refused, no image is set.
   *
   * @param {string} imageId - Names the image in later requests.
   * @param {ArrayBuffer} buffer - The embedding as the server sent it.
   * @param {Size} imageSize - Of the upright image.
   * @throws {DecoderError} Code "model_mismatch" if another encoder made the embedding, "embedding_invalid" if it cannot be
   *   read or belongs to an image of another size.
   */
  setImage(imageId, buffer, imageSize) {
    this.#image = null;
    this.#closeUp = null;
    this.#newest = null;
    const { graph } = this.#requireLoaded();
    const embedding = this.#read(buffer, imageSize);
    if (embedding.crop) {
      throw new DecoderError('embedding_invalid', 'embedding must be of the whole image, got one of a part of it');
    }
    this.#image = { imageId, embedding };
    // Under way before the first prompt; should it fail, that prompt says so.
    graph.prepare(embedding.tensors);
  }

  /**
   * Take the embedding of a part of the image, in place of an earlier part. If it is refused, there is none.
   *
   * @param {string} imageId - The image that is set.
   * @param {ArrayBuffer} buffer - The embedding as the server sent it.
   * @param {Size} imageSize - Of the upright image.
   * @throws {DecoderError} As `setImage`; also code "image_not_set" if another image is set.
   */
  setCloseUp(imageId, buffer, imageSize) {
    this.#closeUp = null;
    this.#newest = null;
    const { graph } = this.#requireLoaded();
    if (this.#image?.imageId !== imageId) throw notSet(imageId);
    const embedding = this.#read(buffer, imageSize);
    if (!embedding.crop) {
      throw new DecoderError('embedding_invalid', 'embedding must be of a part of the image, got one of all of it');
    }
    this.#closeUp = embedding;
    graph.prepare(embedding.tensors);
  }

  /**
   * @param {ArrayBuffer} buffer
   * @param {Size} imageSize
   */
  #read(buffer, imageSize) {
    const { model, graph } = this.#requireLoaded();
    const embedding = parseEmbedding(buffer);
    if (embedding.encoderId !== model.encoder_id) {
      throw new DecoderError(
        'model_mismatch',
        `embedding must come from encoder ${model.encoder_id}, got one from ${embedding.encoderId}; reload the page`,
      );
    }
    checkEmbedding(embedding, imageSize, graph);
    return embedding;
  }

  /**
   * @param {string} imageId
   * @param {DecodeRequest} request
   * @returns {Embedding} That of the image, or of the part that the request names.
   */
  #embeddingFor(imageId, { crop }) {
    if (this.#image?.imageId !== imageId) throw notSet(imageId);
    if (!crop) return this.#image.embedding;
    if (this.#closeUp && isSameCrop(this.#closeUp.crop, crop)) return this.#closeUp;
    throw new DecoderError('image_not_set', 'the part of the image must be set before its prompts; ask for it again');
  }

  /**
   * Answer a prompt.
   *
   * @param {string} imageId - The image that the prompt is about.
   * @param {DecodeRequest} request - In image pixels.
   * @param {() => Promise<void>} [pause] - Called between two masks: what cannot wait may call `preview` meanwhile.
   * @returns {Promise<WorkerResults['decode']>} Best candidate first.
   * @throws {DecoderError} If that image is not set, the prompt is not usable, or the graph fails.
   */
  async decode(imageId, request, pause = async () => {}) {
    const start = performance.now();
    const { outputs, tokens, side, placement, modelId } = await this.#run(imageId, request);
    const decodeMs = performance.now() - start;
    const candidates = await buildCandidates(outputs, tokens, side, placement, pause);
    return { candidates: candidates.map((candidate) => ({ ...candidate, modelId })), decodeMs };
  }

  /**
   * Answer a prompt that is only being considered. The cost does not depend on the size of the image.
   *
   * @param {string} imageId - The image that the prompt is about.
   * @param {DecodeRequest} request - In image pixels.
   * @returns {Promise<MaskReading[]>} What `decode` would offer, in the same order.
   * @throws {DecoderError} As `decode`.
   */
  async preview(imageId, request) {
    const { outputs, tokens, side, placement } = await this.#run(imageId, request);
    return buildReadings(outputs, tokens, side, placement);
  }

  /**
   * @param {string} imageId
   * @param {DecodeRequest} request
   */
  async #run(imageId, request) {
    const { model } = this.#requireLoaded();
    const wanted = this.#embeddingFor(imageId, request);
    const known = this.#newest && isSamePrompt(this.#newest.request, request) ? this.#newest : null;
    const { outputs, tokens, embedding } = known ?? (await this.#answer(wanted, request));
    this.#newest = { request, outputs, tokens, embedding };
    const placement = placementOn(embedding, request.threshold ?? model.mask_threshold);
    return { outputs, tokens, side: model.mask_size, placement, modelId: model.model_id };
  }

  /**
   * @param {Embedding} wanted - Of the image, or of the part that the request names.
   * @param {DecodeRequest} request
   * @returns {Promise<Run>}
   */
  async #answer(wanted, request) {
    const { model, graph } = this.#requireLoaded();
    const side = model.mask_size;
    /** @type {(embedding: Embedding) => Promise<Run>} */
    const ask = async (embedding) => {
      const prompt = encodePrompt(request, { ...embedding, side });
      return { outputs: await graph.run(embedding.tensors, prompt), tokens: prompt.tokens, embedding };
    };
    const run = await ask(wanted);
    // Clicks that ask what is meant may mean more than the part: its mask must not end at the frame.
    const isQuestion = !request.previousLogits && !request.box;
    if (!wanted.crop || !isQuestion || !this.#image) return run;
    const best = run.tokens.reduce((a, b) => (run.outputs.predictedIous[b] > run.outputs.predictedIous[a] ? b : a));
    const logits = run.outputs.logits.subarray(best * side * side, (best + 1) * side * side);
    const isLarger = goesBeyond(logits, side, placementOn(wanted, model.mask_threshold));
    return isLarger ? ask(this.#image.embedding) : run;
  }

  #requireLoaded() {
    if (this.#loaded) return this.#loaded;
    throw new DecoderError('decoder_not_loaded', 'decoder must be loaded before it is asked; load it again');
  }

  /**
   * @param {Uint8Array} file
   * @param {DecoderSetup} setup
   */
  async #open(file, setup) {
    try {
      return await this.#openGraph(file, setup);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DecoderError('decoder_unavailable', `decoder must be an ONNX graph that runs here: ${reason}`, {
        cause,
      });
    }
  }
}

/** @type {(embedding: Embedding, threshold: number) => LogitsPlacement} */
function placementOn({ imageSize, crop, inputSize, modelSize }, threshold) {
  return { imageSize, inputSize, modelSize, threshold, ...(crop ? { crop } : {}) };
}

/** @param {string} imageId */
function notSet(imageId) {
  return new DecoderError('image_not_set', `image ${imageId} must be set before its prompts; open the image again`);
}

/**
 * @param {DecodeRequest} one
 * @param {DecodeRequest} other
 * @returns {boolean} Whether both ask the same of the same image.
 */
function isSamePrompt(one, other) {
  const [a, b] = [one.previousLogits, other.previousLogits];
  if (!isSameCrop(one.crop, other.crop)) return false;
  if (a?.length !== b?.length || JSON.stringify([one.points, one.box]) !== JSON.stringify([other.points, other.box])) {
    return false;
  }
  return !a || a.every((value, index) => value === b?.[index]);
}

/**
 * @param {Embedding} embedding
 * @param {Size} imageSize
 * @param {DecoderGraph} graph
 */
function checkEmbedding(embedding, imageSize, graph) {
  const { width, height } = embedding.imageSize;
  if (width !== imageSize.width || height !== imageSize.height) {
    throw new DecoderError(
      'embedding_invalid',
      `embedding must belong to an image of ${imageSize.width} x ${imageSize.height}, got ${width} x ${height}`,
    );
  }
  const missing = graph.embeddingInputs.filter((name) => !embedding.tensors.has(name));
  if (missing.length > 0) {
    throw new DecoderError('embedding_invalid', `embedding must hold ${missing.join(', ')}; encode the image again`);
  }
}
