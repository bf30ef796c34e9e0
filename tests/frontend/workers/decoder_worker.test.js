import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { IMAGE_SIZE, MODEL, VISIBLE_GRAPH, embeddingFile } from './model_builders.js';

/** @import { WorkerRequest, WorkerResponse, WorkerTask } from '../../../static/js/types.js' */

/** The module is a worker's main script: it talks through the global scope, which the tests take the place of. */
const scope = /** @type {{ onmessage: (event: { data: WorkerRequest }) => void }} */ (
  /** @type {unknown} */ (globalThis)
);

/** @type {Map<number, (response: WorkerResponse) => void>} */
const waiting = new Map();
let lastId = 0;

/**
 * @param {WorkerTask} task
 * @returns {Promise<WorkerResponse>}
 */
function ask(task) {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    scope.onmessage({ data: { ...task, id } });
  });
}

/** @type {WorkerTask} */
const LOAD = {
  kind: 'load',
  model: MODEL,
  decoderUrl: 'http://localhost/decoder.onnx',
  setup: { provider: 'wasm', threads: null, failure: null },
};
/** @type {WorkerTask} */
const DECODE = {
  kind: 'decode',
  imageId: 'one',
  request: { points: [promptPoint(imagePoint(1, 1), 1)], box: null, previousLogits: null },
};
/** @type {() => WorkerTask} */
const setImage = () => ({ kind: 'setImage', imageId: 'one', embedding: embeddingFile(), imageSize: IMAGE_SIZE });

beforeAll(async () => {
  vi.stubGlobal('postMessage', (/** @type {WorkerResponse} */ response) => waiting.get(response.id)?.(response));
  vi.stubGlobal('onmessage', null);
  await import('../../../static/js/workers/decoder_worker.js');
});

beforeEach(() => {
  vi.stubGlobal('fetch', async () => new Response(VISIBLE_GRAPH));
});

describe('decoder_worker', () => {
  it('works through load, image and prompt in the order they were asked', async () => {
    const answers = await Promise.all([ask(LOAD), ask(setImage()), ask(DECODE)]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(answers[2]).toMatchObject({ result: { candidates: [{ token: 3 }, { token: 2 }, { token: 1 }] } });
  });

  it('previews a prompt', async () => {
    await Promise.all([ask(LOAD), ask(setImage())]);
    const { request } = /** @type {WorkerTask & { kind: 'decode' }} */ (DECODE);
    const answer = await ask({ kind: 'preview', imageId: 'one', request });
    expect(answer).toMatchObject({ ok: true, result: [{ side: 4, logits: expect.any(Float32Array) }, {}, {}] });
  });

  it('answers only the newest place of the pointer, after the prompts', async () => {
    await Promise.all([ask(LOAD), ask(setImage())]);
    const { request } = /** @type {WorkerTask & { kind: 'decode' }} */ (DECODE);
    const hover = /** @type {WorkerTask} */ ({ kind: 'hover', imageId: 'one', request });
    const answers = await Promise.all([ask(DECODE), ask(hover), ask(hover)]);
    expect(answers).toMatchObject([{ ok: true }, { ok: true, result: null }, { ok: true, result: [{}, {}, {}] }]);
  });

  it('makes the exact mask of logits that the page sends', async () => {
    const size = { width: 8, height: 8 };
    const placement = { imageSize: size, inputSize: size, modelSize: 8, threshold: 0.5 };
    const logits = Float32Array.of(1, -1, 1, -1);
    const answer = await ask({ kind: 'exactMask', logits, side: 2, placement });
    expect(answer).toMatchObject({ ok: true, result: { area: 24, bbox: [0, 0, 3, 8], rle: { size: [8, 8] } } });
  });

  it('answers a failed task with its error and goes on', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await ask(LOAD)).toMatchObject({ ok: false, error: { name: 'DecoderError', code: 'decoder_unavailable' } });
    vi.stubGlobal('fetch', async () => new Response(VISIBLE_GRAPH));
    expect(await ask(LOAD)).toMatchObject({ ok: true });
  });

  it('traces outlines at once, before tasks that wait for the decoder', async () => {
    /** @type {string[]} */
    const order = [];
    const loading = ask(LOAD).then(() => order.push('load'));
    const tracing = ask({ kind: 'traceRles', rles: [{ size: [1, 1], counts: '01' }] }).then((response) => {
      order.push('trace');
      expect(response).toMatchObject({ ok: true, result: [{ points: Int32Array.of(0, 0, 1, 0, 1, 1, 0, 1) }] });
    });
    await Promise.all([loading, tracing]);
    expect(order).toEqual(['trace', 'load']);
  });

  it('refuses run lengths that do not fit, and traces the others', async () => {
    const rles = /** @type {import('../../../static/js/types.js').Rle[]} */ ([
      { size: [2, 2], counts: '1' },
      { size: [1, 1], counts: '01' },
    ]);
    expect(await ask({ kind: 'traceRles', rles })).toMatchObject({
      ok: true,
      result: [
        { code: 'rle_invalid', message: 'rle counts must add up to 2 x 2 = 4 pixels, got 1' },
        { ringStarts: Int32Array.of(0) },
      ],
    });
  });
});
