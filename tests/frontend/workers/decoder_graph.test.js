import { describe, expect, it } from 'vitest';
import { DecoderGraph, emptyInputs } from '../../../static/js/workers/decoder_graph.js';
import { MODEL, SIDE } from './model_builders.js';

/** @import { GraphSession, TensorValues } from '../../../static/js/types.js' */

const INPUTS = ['image_embeddings', 'point_coords', 'point_labels', 'mask_input', 'has_mask_input'];
const OUTPUTS = ['low_res_logits', 'iou_predictions'];

/**
 * @param {Partial<GraphSession>} parts
 * @returns {GraphSession}
 */
function session(parts) {
  const run = async () => new Map();
  return { inputNames: INPUTS, outputNames: OUTPUTS, threads: 1, provider: 'test', run, ...parts };
}

const { features, prompt } = emptyInputs(MODEL);

describe('DecoderGraph', () => {
  it('refuses a graph with other inputs or outputs', () => {
    expect(() => new DecoderGraph(session({ inputNames: [...INPUTS, 'orig_im_size'] }), MODEL)).toThrow(
      /decoder of visible must take the inputs .*, got .*orig_im_size/,
    );
    expect(() => new DecoderGraph(session({ outputNames: ['masks'] }), MODEL)).toThrow(
      expect.objectContaining({ code: 'decoder_unavailable' }),
    );
  });

  it('knows which inputs an embedding must fill', () => {
    expect(new DecoderGraph(session({}), MODEL).embeddingInputs).toEqual(['image_embeddings']);
  });

  it('feeds the features and the prompt in the shapes of the contract', async () => {
    /** @type {Record<string, readonly number[]>} */
    const shapes = {};
    const run = async (/** @type {ReadonlyMap<string, TensorValues>} */ inputs) => {
      for (const [name, { shape }] of inputs) shapes[name] = shape;
      return new Map([
        ['low_res_logits', { shape: [], values: new Float32Array(4 * SIDE * SIDE) }],
        ['iou_predictions', { shape: [], values: new Float32Array(4) }],
      ]);
    };
    await new DecoderGraph(session({ run }), MODEL).run(features, prompt);
    expect(shapes).toEqual({
      image_embeddings: [1, 4, SIDE, SIDE],
      point_coords: [1, 2, 2],
      point_labels: [1, 2],
      mask_input: [1, 1, SIDE, SIDE],
      has_mask_input: [1],
    });
  });

  it('says what the runtime said when it stops', async () => {
    const run = () => Promise.reject(new Error('memory access out of bounds'));
    await expect(new DecoderGraph(session({ run }), MODEL).run(features, prompt)).rejects.toMatchObject({
      code: 'decoder_failed',
      message: 'decoder stopped while it ran: memory access out of bounds; reload the page',
    });
  });

  it('refuses an answer of another size', async () => {
    await expect(new DecoderGraph(session({}), MODEL).run(features, prompt)).rejects.toThrow(
      /must answer 4 masks of side 4, got undefined logits/,
    );
  });
});
