/** The decoder's ONNX graph by the names and shapes of docs/onnx_contract.md. */

import { DecoderError } from '../inference/decoder_error.js';

/** @import { EncodedPrompt, GraphSession, ModelJson, TensorValues } from '../types.js' */

const LOGITS_OUTPUT = 'low_res_logits';
const IOU_OUTPUT = 'iou_predictions';
const PROMPT_INPUTS = ['point_coords', 'point_labels', 'mask_input', 'has_mask_input'];

/** The single mask and three readings of an ambiguous click. */
const MASK_COUNT = 4;

/**
 * All four masks of one run.
 *
 * @typedef {{ logits: Float32Array, predictedIous: Float32Array }} DecoderOutputs
 */

/** An open decoder graph that has proven to follow the contract. */
export class DecoderGraph {
  #session;
  #side;

  /**
   * @param {GraphSession} session - The open graph.
   * @param {ModelJson} model - What it must fit to.
   * @throws {DecoderError} Code "decoder_unavailable" if its inputs or outputs are others.
   */
  constructor(session, model) {
    checkNames(session, model);
    this.#session = session;
    this.#side = model.mask_size;
  }

  /**
   * Say which tensors an embedding must have.
   *
   * @returns {string[]} Names of inputs.
   */
  get embeddingInputs() {
    return this.#session.inputNames.filter((name) => !PROMPT_INPUTS.includes(name));
  }

  /**
   * Run the decoder.
   *
   * @param {ReadonlyMap<string, TensorValues>} features - The tensors of the embedding.
   * @param {EncodedPrompt} prompt - In model pixel indices.
   * @returns {Promise<DecoderOutputs>} One mask after the other.
   * @throws {DecoderError} Code "decoder_failed" if the runtime stops or answers something else.
   */
  async run(features, prompt) {
    const outputs = await this.#runSession(new Map([...features, ...promptInputs(prompt, this.#side)]));
    const logits = outputs.get(LOGITS_OUTPUT)?.values;
    const predictedIous = outputs.get(IOU_OUTPUT)?.values;
    if (logits?.length !== MASK_COUNT * this.#side ** 2 || predictedIous?.length !== MASK_COUNT) {
      throw new DecoderError(
        'decoder_failed',
        `decoder must answer ${MASK_COUNT} masks of side ${this.#side}, got ${logits?.length} logits`,
      );
    }
    return { logits, predictedIous };
  }

  /** @param {ReadonlyMap<string, TensorValues>} inputs */
  async #runSession(inputs) {
    try {
      return await this.#session.run(inputs);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DecoderError('decoder_failed', `decoder stopped while it ran: ${reason}; reload the page`, { cause });
    }
  }
}

/**
 * Make a prompt and an embedding that stand for nothing, for the first run.
 *
 * @param {ModelJson} model - Says the shapes.
 * @returns {{ features: Map<string, TensorValues>, prompt: EncodedPrompt }} A click on an empty image.
 */
export function emptyInputs({ tensors, mask_size: side }) {
  /** @type {Map<string, TensorValues>} */
  const features = new Map();
  for (const { name, shape } of tensors) {
    const count = shape.reduce((product, length) => product * length, 1);
    features.set(name, { shape, values: new Float32Array(count) });
  }
  const prompt = {
    pointCoords: new Float32Array(4),
    pointLabels: Float32Array.of(1, -1),
    pointCount: 2,
    maskInput: new Float32Array(side * side),
    hasMaskInput: false,
    tokens: [],
  };
  return { features, prompt };
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
 * @param {GraphSession} session
 * @param {ModelJson} model
 */
function checkNames(session, model) {
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
