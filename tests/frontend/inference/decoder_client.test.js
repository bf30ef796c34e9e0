import { beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint, promptPoint } from '../../../static/js/geometry/point.js';
import { DecoderClient } from '../../../static/js/inference/decoder_client.js';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';
import { FakeWorker } from './fake_worker.js';

/** @import { DecodeRequest, ModelJson } from '../../../static/js/types.js' */

/** @type {ModelJson} */
const MODEL = {
  ...{
    model_id: '0123456789abcdef',
    encoder_id: 'fedcba9876543210',
    name: 'tiny',
    image_size: 64,
    mask_size: 16,
    mask_threshold: 0,
  },
  ...{
    tensors: [],
    decoder_url: 'http://localhost/api/model/decoder.onnx',
    parameters: 1,
    summary: '',
    takes_logits_of: [],
  },
};
const INFO = { modelId: MODEL.model_id, threads: 2, provider: 'wasm', warmupMs: 5 };
const IMAGE = { imageId: 'first', embedding: new ArrayBuffer(8), imageSize: { width: 4, height: 3 } };
const CONTOURS = { points: new Int32Array(0), ringStarts: new Int32Array(0) };

/** @type {(x: number) => DecodeRequest} */
const clickAt = (x) => ({ points: [promptPoint(imagePoint(x, 1), 1)], box: null, previousLogits: null });

/** Lets the client's promises go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** @type {FakeWorker[]} */
let workers;
/** @type {DecoderError[]} */
let losses;
/** @type {DecoderClient} */
let client;

const worker = () => workers[workers.length - 1];

beforeEach(() => {
  workers = [];
  losses = [];
  client = new DecoderClient({
    workerUrl: '/static/js/workers/decoder_worker.js',
    onLost: (error) => losses.push(error),
    createWorker: () => {
      workers.push(new FakeWorker());
      return worker();
    },
  });
});

/** Brings the client to where it takes prompts. */
async function openImage() {
  const loading = client.load(MODEL);
  worker().answer('load', { result: INFO });
  await loading;
  const setting = client.setImage(IMAGE);
  worker().answer('setImage', {});
  await setting;
}

describe('loading', () => {
  it('says how the decoder runs', async () => {
    const loading = client.load(MODEL);
    const any = { provider: 'wasm', threads: null, failure: null };
    expect(worker().last('load')).toMatchObject({ decoderUrl: MODEL.decoder_url, model: MODEL, setup: any });
    worker().answer('load', { result: INFO });
    expect(await loading).toEqual(INFO);
  });

  it('asks for what it should run on', () => {
    const setup = /** @type {const} */ ({ provider: 'wasm', threads: 1, failure: null });
    void client.load(MODEL, setup).catch(() => {});
    expect(worker().last('load')).toMatchObject({ setup });
    client.dispose();
  });

  it('reports the failure of the worker as the same error', async () => {
    const loading = client.load(MODEL);
    const error = {
      name: 'DecoderError',
      code: 'decoder_unavailable',
      message: 'decoder must be served, got HTTP 500',
    };
    worker().answer('load', { error });
    await expect(loading).rejects.toThrow(expect.objectContaining(error));
    await expect(loading).rejects.toBeInstanceOf(DecoderError);
    expect(losses).toEqual([]);
  });

  it('reports a worker that never started, once', async () => {
    const loading = client.load(MODEL);
    worker().die('');
    await expect(loading).rejects.toThrow(/its script did not start/);
    expect(losses.map(({ code }) => code)).toEqual(['decoder_lost']);
  });

  it('starts a fresh worker when it is asked again, and stops the old one', async () => {
    const first = client.load(MODEL);
    const second = client.load(MODEL);
    await expect(first).rejects.toMatchObject({ code: 'disposed' });
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    worker().answer('load', { result: INFO });
    expect(await second).toEqual(INFO);
  });
});

describe('decoding', () => {
  beforeEach(openImage);

  it('passes the prompt on with its image and adds the whole time', async () => {
    const decoding = client.decode(clickAt(2));
    expect(worker().last('decode')).toMatchObject({ imageId: 'first', request: clickAt(2) });
    worker().answer('decode', { result: { candidates: [], decodeMs: 3 } });
    const result = await decoding;
    expect(result).toMatchObject({ candidates: [], decodeMs: 3 });
    expect(result?.totalMs).toBeGreaterThanOrEqual(0);
  });

  it('passes a part of the image on, and which part a prompt names', async () => {
    const setting = client.setCloseUp({ embedding: new ArrayBuffer(4), imageSize: { width: 9, height: 9 } });
    expect(worker().last('setCloseUp')).toMatchObject({ imageId: 'first', imageSize: { width: 9, height: 9 } });
    worker().answer('setCloseUp', { result: null });
    await setting;
    const crop = { x: 1, y: 2, width: 30, height: 40 };
    const decoding = client.decode({ ...clickAt(2), crop });
    expect(worker().last('decode')).toMatchObject({ request: { crop } });
    worker().answer('decode', { result: { candidates: [], decodeMs: 3 } });
    await decoding;
  });

  it('answers null to requests that a newer one overtook', async () => {
    const decodes = [1, 2, 3].map((x) => client.decode(clickAt(x)));
    worker().answer('decode', { result: { candidates: [], decodeMs: 1 } });
    await settle();
    worker().answer('decode', { result: { candidates: [], decodeMs: 2 } });
    const results = await Promise.all(decodes);
    expect(results.map((result) => result && result.decodeMs)).toEqual([null, null, 2]);
    expect(worker().requests.filter(({ kind }) => kind === 'decode')).toHaveLength(2);
  });

  it('drops the answer for an image that is no longer open', async () => {
    const decoding = client.decode(clickAt(1));
    const { id } = worker().last('decode');
    const setting = client.setImage({ ...IMAGE, imageId: 'second' });
    worker().answer('setImage', {});
    await setting;
    expect(await decoding).toBeNull();
    worker().onmessage?.(/** @type {MessageEvent} */ ({ data: { id, ok: true, result: { candidates: [] } } }));
    await settle();
    const next = client.decode(clickAt(2));
    expect(worker().last('decode')).toMatchObject({ imageId: 'second' });
    worker().answer('decode', { result: { candidates: [], decodeMs: 1 } });
    expect(await next).not.toBeNull();
  });

  it('raises the error of the worker', async () => {
    const decoding = client.decode(clickAt(1));
    const error = { name: 'DecoderError', code: 'prompt_invalid', message: 'prompt must have a point' };
    worker().answer('decode', { error });
    await expect(decoding).rejects.toThrow(expect.objectContaining(error));
  });
});

describe('previews', () => {
  beforeEach(openImage);

  it('are asked beside prompts and overtake nothing', async () => {
    const decoding = client.decode(clickAt(1));
    const previewing = client.preview(clickAt(2));
    worker().answer('preview', { result: { predictedIou: 0.5 } });
    worker().answer('decode', { result: { candidates: [], decodeMs: 1 } });
    expect(await previewing).toEqual({ predictedIou: 0.5 });
    expect(await decoding).not.toBeNull();
  });

  it('follow the pointer, and are nothing where it was overtaken', async () => {
    const [left, newest] = [client.hover(clickAt(1)), client.hover(clickAt(2))];
    const [first, second] = worker().requests.filter(({ kind }) => kind === 'hover');
    worker().onmessage?.(/** @type {MessageEvent} */ ({ data: { id: first.id, ok: true, result: null } }));
    worker().onmessage?.(/** @type {MessageEvent} */ ({ data: { id: second.id, ok: true, result: [] } }));
    expect(await left).toBeNull();
    expect(await newest).toEqual([]);
    const other = client.hover(clickAt(3));
    client.setImage({ ...IMAGE, imageId: 'second' }).catch(() => {});
    worker().answer('hover', { result: [] });
    expect(await other).toBeNull();
    client.dispose();
    expect(await client.hover(clickAt(1))).toBeNull();
  });

  it('are dropped when another image is set meanwhile', async () => {
    const previewing = client.preview(clickAt(1));
    void client.setImage({ ...IMAGE, imageId: 'second' });
    worker().answer('preview', { result: { predictedIou: 0.5 } });
    expect(await previewing).toBeNull();
  });

  it('are nothing without an image', async () => {
    client.dispose();
    expect(await client.preview(clickAt(1))).toBeNull();
  });
});

describe('order of calls', () => {
  it('refuses prompts before there is an image', async () => {
    await expect(client.decode(clickAt(1))).rejects.toMatchObject({ code: 'image_not_set' });
  });

  it('refuses images and outlines before there is a worker', async () => {
    await expect(client.setImage(IMAGE)).rejects.toMatchObject({ code: 'decoder_not_loaded' });
    await expect(client.traceRle({ size: [1, 1], counts: '1' })).rejects.toMatchObject({ code: 'decoder_not_loaded' });
  });

  it('asks for the exact mask of logits', async () => {
    await openImage();
    const size = { width: 1, height: 1 };
    const placement = { imageSize: size, inputSize: size, modelSize: 1, threshold: 2 };
    const making = client.exactMask(Float32Array.of(3), 1, placement);
    const mask = { rle: { size: [1, 1], counts: '01' }, area: 1, bbox: [0, 0, 1, 1], contours: CONTOURS };
    worker().answer('exactMask', { result: mask });
    expect(await making).toEqual(mask);
  });

  it('traces outlines while the decoder still loads', async () => {
    client.load(MODEL);
    const tracing = client.traceRle({ size: [1, 1], counts: '1' });
    await Promise.resolve();
    worker().answer('traceRles', { result: [CONTOURS] });
    expect(await tracing).toEqual(CONTOURS);
  });

  it('asks for many outlines in few messages, and tells which one failed', async () => {
    client.load(MODEL);
    const rle = { size: /** @type {const} */ ([1, 1]), counts: '1' };
    const tracing = Array.from({ length: 1001 }, () => client.traceRle(rle));
    await Promise.resolve();
    const refused = { name: 'DecoderError', code: 'rle_invalid', message: 'no mask' };
    const asked = worker().requests.filter(({ kind }) => kind === 'traceRles');
    expect(asked).toHaveLength(2);
    worker().onmessage?.(
      /** @type {MessageEvent} */ ({
        data: { id: asked[0].id, ok: true, result: [...Array.from({ length: 999 }, () => CONTOURS), refused] },
      }),
    );
    worker().answer('traceRles', { result: [CONTOURS] });
    const answers = await Promise.allSettled(tracing);
    expect(answers.map(({ status }) => status).indexOf('rejected')).toBe(999);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1000);
  });
});

describe('a worker that dies', () => {
  beforeEach(openImage);

  it('fails every request that waits, and says so once', async () => {
    const waiting = [client.decode(clickAt(1)), client.traceRle({ size: [1, 1], counts: '1' })];
    worker().die('out of memory');
    for (const request of waiting) await expect(request).rejects.toMatchObject({ code: 'decoder_lost' });
    expect(losses.map(({ code }) => code)).toEqual(['decoder_lost']);
    expect(worker().terminated).toBe(true);
  });

  it('counts as dead when it hangs with a question, but not while it is idle or loads', async () => {
    vi.useFakeTimers();
    client.dispose();
    void client.load(MODEL).catch(() => {});
    vi.advanceTimersByTime(60_000);
    worker().answer('load', { result: INFO });
    vi.advanceTimersByTime(60_000);
    const setting = client.setImage(IMAGE);
    worker().answer('setImage', {});
    await setting;
    expect(losses).toEqual([]);
    const decoding = client.decode(clickAt(1));
    vi.advanceTimersByTime(19_000);
    expect(losses).toEqual([]);
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    await expect(decoding).rejects.toThrow('it has not answered for 20 s');
    expect(worker().terminated).toBe(true);
  });

  it('can be replaced', async () => {
    worker().die('');
    await openImage();
    const decoding = client.decode(clickAt(1));
    worker().answer('decode', { result: { candidates: [], decodeMs: 1 } });
    expect(await decoding).not.toBeNull();
  });

  it('stops for good when it is disposed of', async () => {
    const decoding = client.decode(clickAt(1));
    const tracing = client.traceRle({ size: [1, 1], counts: '1' });
    client.dispose();
    expect(await decoding).toBeNull();
    await expect(tracing).rejects.toMatchObject({ code: 'disposed' });
    await expect(client.decode(clickAt(1))).rejects.toMatchObject({ code: 'image_not_set' });
  });
});
