/** A decoder of 4 x 4 logits for tests: its graph, its model description, and embeddings to feed it. */

import { readFileSync } from 'node:fs';
import { encodeFloat16 } from '../../../static/js/inference/float16.js';

/** @import { Crop, GraphSession, ModelJson, Size, TensorValues } from '../../../static/js/types.js' */

/** Side of the square of logits; the model sees 16 x 16 pixels. */
export const SIDE = 4;

/** @type {{ base64: string }} */
const GRAPH_FIXTURE = JSON.parse(readFileSync(new URL('../fixtures/graph.json', import.meta.url), 'utf8'));

/**
 * An ONNX file whose masks are the embedding plus the mask prompt, if there is one, and whose predicted IoU is 0.1 * token plus a
 * thousandth of the sum of the labels.
 */
export const VISIBLE_GRAPH = Uint8Array.from(Buffer.from(GRAPH_FIXTURE.base64, 'base64'));

/**
 * Do in plain JavaScript what the visible graph does, so that a test need not start the real runtime.
 *
 * @returns {Promise<GraphSession>} An open graph.
 */
export async function openVisibleGraph() {
  /** @type {GraphSession['run']} */
  const run = async (inputs, outputNames) => {
    const valuesOf = (/** @type {string} */ name) => /** @type {TensorValues} */ (inputs.get(name)).values;
    const image = valuesOf('image_embeddings');
    if (image.length > 0) {
      return new Map([['doubled_of_image', { shape: [1, 4, SIDE, SIDE], values: image.map((value) => 2 * value) }]]);
    }
    const mask = valuesOf('mask_input');
    const logits = valuesOf('doubled').map((value, index) => value / 2 + (mask[index % mask.length] ?? 0));
    const shift = valuesOf('point_labels').reduce((sum, label) => sum + label, 0) / 1000;
    const answers = new Map([
      ['low_res_logits', { shape: [1, 4, SIDE, SIDE], values: logits }],
      ['iou_predictions', { shape: [1, 4], values: Float32Array.of(shift, 0.1 + shift, 0.2 + shift, 0.3 + shift) }],
    ]);
    return new Map([...answers].filter(([name]) => outputNames.includes(name)));
  };
  return { ...VISIBLE_SHAPES, threads: 1, provider: 'test', run };
}

/** Inputs and outputs of the visible graph. */
export const VISIBLE_SHAPES = {
  inputNames: ['image_embeddings', 'doubled', 'point_coords', 'point_labels', 'mask_input'],
  outputNames: ['low_res_logits', 'iou_predictions', 'doubled_of_image'],
  /** @type {ReadonlyMap<string, readonly (number | null)[]>} */
  inputShapes: new Map([
    ['image_embeddings', [null, 4, SIDE, SIDE]],
    ['doubled', [null, 4, SIDE, SIDE]],
    ['point_coords', [1, null, 2]],
    ['point_labels', [1, null]],
    ['mask_input', [null, 1, SIDE, SIDE]],
  ]),
};

/** @type {ModelJson} */
export const MODEL = {
  ...{
    model_id: 'cccccccccccccccc',
    encoder_id: 'aaaaaaaaaaaaaaaa',
    name: 'visible',
    image_size: 16,
    mask_size: SIDE,
    mask_threshold: 0,
  },
  ...{
    tensors: [{ name: 'image_embeddings', shape: [1, 4, SIDE, SIDE] }],
    parameters: 1,
    summary: '',
    takes_logits_of: [],
  },
  decoder_url: '/api/model/decoder.onnx',
};

/** The image that the embeddings are of. */
export const IMAGE_SIZE = Object.freeze({ width: 32, height: 16 });

/**
 * Write an embedding as the server does.
 *
 * @param {object} options - What is different from an embedding that fits `MODEL`.
 * @param {string} [options.encoderId] - Of the encoder that made it.
 * @param {Size} [options.imageSize] - Of the upright image.
 * @param {Crop | null} [options.crop] - The part of the image that it is of.
 * @param {string} [options.tensor] - Name of the only tensor.
 * @param {(token: number, x: number, y: number) => number} [options.logit] - Its values; the visible graph answers them.
 * @returns {ArrayBuffer} A safetensors file.
 */
export function embeddingFile({
  encoderId = MODEL.encoder_id,
  imageSize = IMAGE_SIZE,
  crop = /** @type {Crop | null} */ (null),
  tensor = 'image_embeddings',
  logit = () => 1,
} = {}) {
  const values = Float32Array.from({ length: 4 * SIDE * SIDE }, (_, index) =>
    logit(Math.floor(index / SIDE ** 2), index % SIDE, Math.floor(index / SIDE) % SIDE),
  );
  const metadata = {
    encoder_id: encoderId,
    ...{ image_height: String(imageSize.height), image_width: String(imageSize.width) },
    ...{ input_height: '8', input_width: '16', model_size: '16' },
    ...(crop && { crop_x: String(crop.x), crop_y: String(crop.y) }),
    ...(crop && { crop_width: String(crop.width), crop_height: String(crop.height) }),
  };
  const bytes = 2 * values.length;
  const entry = { dtype: 'F16', shape: [1, 4, SIDE, SIDE], data_offsets: [0, bytes] };
  const header = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, [tensor]: entry }));
  const file = new Uint8Array(8 + header.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  file.set(new Uint8Array(encodeFloat16(values).buffer), 8 + header.length);
  return file.buffer;
}
