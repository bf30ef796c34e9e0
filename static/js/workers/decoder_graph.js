/** The decoder's ONNX graph by the names and shapes of docs/onnx_contract.md. */

import { DecoderError } from '../inference/decoder_error.js';

/** @import { EncodedPrompt, GraphSession, ModelJson, TensorValues } from '../types.js' */

const LOGITS_OUTPUT = 'low_res_logits';
const IOU_OUTPUT = 'iou_predictions';
const ANSWERS = [LOGITS_OUTPUT, IOU_OUTPUT];
const PROMPT_INPUTS = ['point_coords', 'point_labels', 'mask_input'];

/** An output with this ending is a constant of the image: the input without it wants it back. */
const OF_IMAGE = '_of_image';

/** The single mask and three readings of an ambiguous click. */
const MASK_COUNT = 4;

/** @typedef {Map<string, TensorValues>} Tensors */

/**
 * All four masks of one run.
 *
 * @typedef {{ logits: Float32Array, predictedIous: Float32Array }} DecoderOutputs
 */

/** An open decoder graph that has proven to follow the contract. */
export class DecoderGraph {
  #session;
  #side;
  #empty;
  /**
   * What is computed once per image, by the features it is computed from; gone when they are.
   *
   * @type {WeakMap<ReadonlyMap<string, TensorValues>, Promise<Tensors>>}
   */
  #constants = new WeakMap();

  /**
   * @param {GraphSession} session - The open graph.
   * @param {ModelJson} model - What it must fit to.
   * @throws {DecoderError} Code "decoder_unavailable" if its inputs or outputs are others.
   */
  constructor(session, model) {
    checkNames(session, model);
    this.#session = session;
    this.#side = model.mask_size;
    this.#empty = emptyTensors(session);
  }

  /**
   * Say which tensors an embedding must have.
   *
   * @returns {string[]} Names of inputs.
   */
  get embeddingInputs() {
    return featureNames(this.#session);
  }

  /**
   * Compute what every prompt about an image needs. `run` does it if nobody did; a failure is told there.
   *
   * @param {ReadonlyMap<string, TensorValues>} features - The tensors of the embedding.
   * @returns {Promise<Tensors>} Inputs of the graph by name.
   */
  prepare(features) {
    const known = this.#constants.get(features);
    if (known) return known;
    const constants = this.#computeConstants(features);
    this.#constants.set(features, constants);
    constants.catch(() => this.#constants.delete(features));
    return constants;
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
    const constants = await this.prepare(features);
    const inputs = new Map([...this.#empty, ...constants, ...promptInputs(prompt, this.#side)]);
    const outputs = await this.#runSession(inputs, ANSWERS);
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

  /**
   * @param {ReadonlyMap<string, TensorValues>} features
   * @returns {Promise<Tensors>}
   */
  async #computeConstants(features) {
    const names = constantNames(this.#session);
    const inputs = new Map([...this.#empty, ...this.embeddingInputs.map((name) => entryOf(features, name))]);
    const outputs = await this.#runSession(inputs, names);
    return new Map(names.map((name) => [name.slice(0, -OF_IMAGE.length), entryOf(outputs, name)[1]]));
  }

  /**
   * @param {ReadonlyMap<string, TensorValues>} inputs
   * @param {readonly string[]} outputNames
   */
  async #runSession(inputs, outputNames) {
    try {
      return await this.#session.run(inputs, outputNames);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DecoderError('decoder_failed', `decoder stopped while it ran: ${reason}`, { cause });
    }
  }
}

/**
 * Make a prompt and an embedding that stand for nothing, for the first run.
 *
 * @param {ModelJson} model - Says the shapes.
 * @returns {{ features: Map<string, TensorValues>, prompt: EncodedPrompt }} A click on an empty image.
 */
export function emptyInputs({ tensors }) {
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
    maskInput: null,
    tokens: [],
  };
  return { features, prompt };
}

/**
 * @param {EncodedPrompt} prompt
 * @param {number} side
 * @returns {Tensors} Without the mask if there is none: the graph then leaves out all that is done with one.
 */
function promptInputs({ pointCoords, pointLabels, pointCount, maskInput }, side) {
  /** @type {Tensors} */
  const inputs = new Map([
    ['point_coords', { shape: [1, pointCount, 2], values: pointCoords }],
    ['point_labels', { shape: [1, pointCount], values: pointLabels }],
  ]);
  if (maskInput) inputs.set('mask_input', { shape: [1, 1, side, side], values: maskInput });
  return inputs;
}

/**
 * @param {GraphSession} session
 * @returns {Tensors} For every input as little as its shape allows: no image, no constants, no mask, one point.
 */
function emptyTensors({ inputShapes }) {
  /** @type {Tensors} */
  const empty = new Map();
  for (const [name, lengths] of inputShapes) {
    const shape = lengths.map((length) => length ?? (name.startsWith('point_') ? 1 : 0));
    empty.set(name, { shape, values: new Float32Array(shape.reduce((product, length) => product * length, 1)) });
  }
  return empty;
}

/** @param {GraphSession} session */
function constantNames({ outputNames }) {
  return outputNames.filter((name) => name.endsWith(OF_IMAGE));
}

/** @param {GraphSession} session */
function featureNames(session) {
  const constants = constantNames(session);
  return session.inputNames.filter(
    (name) => !PROMPT_INPUTS.includes(name) && !constants.includes(`${name}${OF_IMAGE}`),
  );
}

/**
 * @param {ReadonlyMap<string, TensorValues>} tensors
 * @param {string} name
 * @returns {[string, TensorValues]}
 */
function entryOf(tensors, name) {
  const tensor = tensors.get(name);
  if (tensor) return [name, tensor];
  throw new DecoderError('decoder_failed', `decoder must have ${name}, got ${[...tensors.keys()].join(', ')}`);
}

/**
 * @param {GraphSession} session
 * @param {ModelJson} model
 */
function checkNames(session, model) {
  const wanted = model.tensors.map(({ name }) => name).sort();
  const got = [...featureNames(session)].sort();
  const hasPrompts = PROMPT_INPUTS.every((name) => session.inputNames.includes(name));
  if (wanted.join() !== got.join() || !hasPrompts) {
    throw new DecoderError(
      'decoder_unavailable',
      `decoder of ${model.name} must take the inputs ${[...PROMPT_INPUTS, ...wanted].join(', ')} and constants, ` +
        `got ${session.inputNames.join(', ')}`,
    );
  }
  for (const output of ANSWERS) {
    if (session.outputNames.includes(output)) continue;
    const names = session.outputNames.join(', ');
    throw new DecoderError('decoder_unavailable', `decoder of ${model.name} must answer ${output}, got ${names}`);
  }
}
