import { describe, expect, it, vi } from 'vitest';
import { DecoderGraph, emptyInputs } from '../../../static/js/workers/decoder_graph.js';
import { MODEL, SIDE, VISIBLE_SHAPES, openVisibleGraph } from './model_builders.js';

/** @import { GraphSession } from '../../../static/js/types.js' */

/**
 * @param {Partial<GraphSession>} parts
 * @returns {GraphSession}
 */
function session(parts) {
  const run = async () => new Map([['doubled_of_image', { shape: [1], values: new Float32Array(1) }]]);
  return { ...VISIBLE_SHAPES, threads: 1, provider: 'test', run, ...parts };
}

const { features, prompt } = emptyInputs(MODEL);

describe('DecoderGraph', () => {
  it('refuses a graph with other inputs or outputs', () => {
    expect(
      () => new DecoderGraph(session({ inputNames: [...VISIBLE_SHAPES.inputNames, 'orig_im_size'] }), MODEL),
    ).toThrow(/decoder of visible must take the inputs .*, got .*orig_im_size/);
    expect(() => new DecoderGraph(session({ outputNames: ['masks'] }), MODEL)).toThrow(
      expect.objectContaining({ code: 'decoder_unavailable' }),
    );
  });

  it('knows which inputs an embedding must fill', () => {
    expect(new DecoderGraph(session({}), MODEL).embeddingInputs).toEqual(['image_embeddings']);
  });

  it('computes the constants of an image once, then feeds them with each prompt and nothing else', async () => {
    const visible = await openVisibleGraph();
    /** @type {Record<string, readonly number[]>[]} */
    const runs = [];
    /** @type {GraphSession['run']} */
    const run = (inputs, outputNames) => {
      runs.push(Object.fromEntries([...inputs].map(([name, { shape }]) => [name, shape])));
      return visible.run(inputs, outputNames);
    };
    const graph = new DecoderGraph(session({ run }), MODEL);
    await graph.run(features, prompt);
    await graph.run(features, { ...prompt, maskInput: new Float32Array(SIDE * SIDE) });
    const points = { point_coords: [1, 2, 2], point_labels: [1, 2] };
    const none = [0, 4, SIDE, SIDE];
    const one = [1, 4, SIDE, SIDE];
    expect(runs).toEqual([
      expect.objectContaining({ image_embeddings: one, doubled: none, mask_input: [0, 1, SIDE, SIDE] }),
      { image_embeddings: none, doubled: one, mask_input: [0, 1, SIDE, SIDE], ...points },
      { image_embeddings: none, doubled: one, mask_input: [1, 1, SIDE, SIDE], ...points },
    ]);
  });

  it('tries the constants of an image again when they failed', async () => {
    const visible = await openVisibleGraph();
    const run = vi.fn(visible.run).mockRejectedValueOnce(new Error('out of memory'));
    const graph = new DecoderGraph(session({ run }), MODEL);
    await expect(graph.run(features, prompt)).rejects.toThrow(/out of memory/);
    expect((await graph.run(features, prompt)).logits).toHaveLength(4 * SIDE * SIDE);
  });

  it('says what the runtime said when it stops', async () => {
    const run = () => Promise.reject(new Error('memory access out of bounds'));
    await expect(new DecoderGraph(session({ run }), MODEL).run(features, prompt)).rejects.toMatchObject({
      code: 'decoder_failed',
      message: 'decoder stopped while it ran: memory access out of bounds',
    });
  });

  it('refuses an answer of another size', async () => {
    await expect(new DecoderGraph(session({}), MODEL).run(features, prompt)).rejects.toThrow(
      /must answer 4 masks of side 4, got undefined logits/,
    );
  });
});
