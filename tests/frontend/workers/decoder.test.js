import { beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { decodeRle } from '../../../static/js/masks/rle.js';
import { Decoder } from '../../../static/js/workers/decoder.js';
import { IMAGE_SIZE, MODEL, SIDE, VISIBLE_GRAPH, embeddingFile, openVisibleGraph } from './model_builders.js';

/** @import { DecodeRequest, DecoderSetup, GraphSession } from '../../../static/js/types.js' */

/** @type {DecoderSetup} */
const SETUP = { provider: 'wasm', threads: null, failure: null };
/** @type {DecodeRequest} */
const CLICK = { points: [promptPoint(imagePoint(8, 8), 1)], box: null, previousLogits: null };
/** @type {DecodeRequest} */
const BOX = { points: [], box: [0, 0, 16, 16], previousLogits: null };

const leftHalf = (/** @type {number} */ _token, /** @type {number} */ x) => 1.5 - x;

/** @type {Decoder} */
let decoder;

beforeEach(async () => {
  decoder = new Decoder(openVisibleGraph);
  await decoder.load(MODEL, VISIBLE_GRAPH, SETUP);
});

describe('a decoder with an image', () => {
  beforeEach(() => decoder.setImage('one', embeddingFile({ logit: leftHalf }), IMAGE_SIZE));

  it('offers three readings of a click, the best predicted first', async () => {
    const { candidates, decodeMs } = await decoder.decode('one', CLICK);
    expect(candidates.map(({ token }) => token)).toEqual([3, 2, 1]);
    expect(candidates[0].predictedIou).toBeCloseTo(0.3, 6);
    expect(decodeMs).toBeGreaterThan(0);
  });

  it('offers the single mask for a box', async () => {
    const { candidates } = await decoder.decode('one', BOX);
    expect(candidates.map(({ token }) => token)).toEqual([0]);
  });

  it('gives the exact mask of the image with its area, box and outline', async () => {
    const [candidate] = (await decoder.decode('one', BOX)).candidates;
    const mask = decodeRle(candidate.rle);
    expect(mask).toEqual(Uint8Array.from({ length: 32 * 16 }, (_, index) => (index % 32 < 16 ? 1 : 0)));
    expect(candidate).toMatchObject({ area: 256, bbox: [0, 0, 16, 16], side: SIDE });
    expect(candidate.contours.points).toHaveLength(8);
  });

  it('adds the logits that are corrected', async () => {
    const previousLogits = new Float32Array(SIDE * SIDE).fill(-10);
    const [candidate] = (await decoder.decode('one', { ...CLICK, previousLogits })).candidates;
    expect(candidate.token).toBe(0);
    expect(candidate.logits[0]).toBeCloseTo(-8.5, 6);
    expect(candidate.area).toBe(0);
  });

  it('previews what it would answer, without the exact mask', async () => {
    const [reading] = await decoder.preview('one', BOX);
    const [candidate] = (await decoder.decode('one', BOX)).candidates;
    expect(reading.logits).toEqual(candidate.logits);
    expect(reading.predictedIou).toBe(candidate.predictedIou);
    expect(reading).toMatchObject({ side: SIDE, coverage: 0.5, placement: { imageSize: IMAGE_SIZE, threshold: 0 } });
  });

  it('makes masks with the threshold that is asked for, from the same logits', async () => {
    const [wide] = (await decoder.decode('one', BOX)).candidates;
    const [narrow] = (await decoder.decode('one', { ...BOX, threshold: 1 })).candidates;
    expect(narrow.area).toBeLessThan(wide.area);
    expect(narrow.placement?.threshold).toBe(1);
    expect(narrow.logits).toEqual(wide.logits);
  });

  it('runs the network once for a prompt that was previewed before', async () => {
    const runs = vi.fn();
    const counting = new Decoder(async () => {
      const session = await openVisibleGraph();
      /** @type {GraphSession['run']} */
      const run = (inputs, outputNames) => {
        if (outputNames.includes('low_res_logits')) runs();
        return session.run(inputs, outputNames);
      };
      return { ...session, run };
    });
    await counting.load(MODEL, VISIBLE_GRAPH, SETUP);
    counting.setImage('one', embeddingFile({ logit: leftHalf }), IMAGE_SIZE);
    runs.mockClear();
    const previousLogits = new Float32Array(SIDE * SIDE).fill(-1);
    const request = { ...CLICK, previousLogits };
    await counting.preview('one', request);
    await counting.decode('one', { ...request, previousLogits: previousLogits.slice() });
    expect(runs).toHaveBeenCalledOnce();
    await counting.decode('one', { ...request, previousLogits: new Float32Array(SIDE * SIDE) });
    await counting.decode('one', BOX);
    expect(runs).toHaveBeenCalledTimes(3);
    counting.setImage('one', embeddingFile(), IMAGE_SIZE);
    await counting.decode('one', BOX);
    expect(runs).toHaveBeenCalledTimes(4);
  });

  it('refuses prompts about another image', async () => {
    await expect(decoder.preview('two', CLICK)).rejects.toMatchObject({ code: 'image_not_set' });
    await expect(decoder.decode('two', CLICK)).rejects.toMatchObject({ code: 'image_not_set' });
  });

  it('forgets the image when the next one is refused', async () => {
    expect(() => decoder.setImage('two', new ArrayBuffer(3), IMAGE_SIZE)).toThrow();
    await expect(decoder.decode('one', CLICK)).rejects.toMatchObject({ code: 'image_not_set' });
  });
});

describe('setImage', () => {
  it.each([
    [
      'of another encoder',
      { encoderId: 'bbbbbbbbbbbbbbbb' },
      'model_mismatch',
      /from encoder a{16}, got one from b{16}/,
    ],
    ['of another image', { imageSize: { width: 5, height: 5 } }, 'embedding_invalid', /32 x 16, got 5 x 5/],
    ['without a tensor', { tensor: 'high_res_features_s4' }, 'embedding_invalid', /must hold image_embeddings/],
  ])('refuses an embedding %s', (_what, options, code, message) => {
    const attempt = () => decoder.setImage('one', embeddingFile(options), IMAGE_SIZE);
    expect(attempt).toThrow(expect.objectContaining({ code }));
    expect(attempt).toThrow(message);
  });

  it('needs a decoder', () => {
    const attempt = () => new Decoder(openVisibleGraph).setImage('one', embeddingFile(), IMAGE_SIZE);
    expect(attempt).toThrow(expect.objectContaining({ code: 'decoder_not_loaded' }));
  });
});

describe('load', () => {
  it('says how the decoder runs', async () => {
    expect(await decoder.load(MODEL, VISIBLE_GRAPH, SETUP)).toMatchObject({
      modelId: MODEL.model_id,
      threads: 1,
      provider: 'test',
    });
  });

  it('refuses a file that is no graph', async () => {
    const refusing = new Decoder(() => Promise.reject(new Error('failed to parse')));
    await expect(refusing.load(MODEL, Uint8Array.of(1, 2, 3), SETUP)).rejects.toMatchObject({
      code: 'decoder_unavailable',
      message: 'decoder must be an ONNX graph that runs here: failed to parse',
    });
  });
});

describe('a decoder with a part of an image', () => {
  const CROP = { x: 8, y: 4, width: 16, height: 8 };
  const part = (/** @type {object} */ change = {}) => embeddingFile({ crop: CROP, logit: leftHalf, ...change });

  beforeEach(() => {
    decoder.setImage('one', embeddingFile({ logit: () => 1 }), IMAGE_SIZE);
    decoder.setCloseUp('one', part(), IMAGE_SIZE);
  });

  it('answers from the part where a prompt names it, at its place', async () => {
    const [near] = (await decoder.decode('one', { ...BOX, crop: CROP })).candidates;
    expect(near).toMatchObject({ area: 64, bbox: [8, 4, 8, 8], placement: { crop: CROP, imageSize: IMAGE_SIZE } });
    const [far] = (await decoder.decode('one', BOX)).candidates;
    expect(far.area).toBe(32 * 16);
    expect(far.placement?.crop).toBeUndefined();
  });

  it('asks the whole image where a click means more than the part, once for preview and click', async () => {
    let runs = 0;
    const counting = new Decoder(async () => {
      const graph = await openVisibleGraph();
      return { ...graph, run: (inputs, names) => ((runs += 1), graph.run(inputs, names)) };
    });
    await counting.load(MODEL, VISIBLE_GRAPH, SETUP);
    counting.setImage('one', embeddingFile({ logit: () => 1 }), IMAGE_SIZE);
    counting.setCloseUp('one', part({ logit: () => 1 }), IMAGE_SIZE);
    await counting.preview('one', { ...BOX, crop: CROP });
    const before = runs;
    const [reading] = await counting.preview('one', { ...CLICK, crop: CROP });
    expect(runs - before).toBe(2);
    const [candidate] = (await counting.decode('one', { ...CLICK, crop: CROP })).candidates;
    expect(runs - before).toBe(2);
    for (const { placement } of [reading, candidate]) expect(placement?.crop).toBeUndefined();
    expect(candidate.area).toBe(32 * 16);
  });

  it('stays on the part for a small thing, a box, or a correction', async () => {
    const requests = [CLICK, BOX, { ...CLICK, previousLogits: new Float32Array(SIDE * SIDE) }];
    for (const request of requests) {
      decoder.setCloseUp('one', part(request === CLICK ? {} : { logit: () => 1 }), IMAGE_SIZE);
      const [reading] = await decoder.preview('one', { ...request, crop: CROP });
      expect(reading.placement.crop).toEqual(CROP);
    }
  });

  it('refuses a part that it does not have', async () => {
    const crop = { ...CROP, x: 9 };
    await expect(decoder.decode('one', { ...BOX, crop })).rejects.toMatchObject({ code: 'image_not_set' });
  });

  it('forgets the part with the image', async () => {
    decoder.setImage('one', embeddingFile(), IMAGE_SIZE);
    await expect(decoder.decode('one', { ...BOX, crop: CROP })).rejects.toMatchObject({ code: 'image_not_set' });
  });

  it('refuses what is no part of the image that is set', async () => {
    const size = { width: 64, height: 16 };
    expect(() => decoder.setCloseUp('two', part(), IMAGE_SIZE)).toThrow('image two must be set');
    expect(() => decoder.setCloseUp('one', embeddingFile(), IMAGE_SIZE)).toThrow('must be of a part');
    expect(() => decoder.setCloseUp('one', part({ imageSize: size }), IMAGE_SIZE)).toThrow('must belong to an image');
    expect(() => decoder.setCloseUp('one', part({ encoderId: 'b' }), IMAGE_SIZE)).toThrow('must come from encoder');
    expect(() => decoder.setImage('one', part(), IMAGE_SIZE)).toThrow('must be of the whole image');
  });
});
