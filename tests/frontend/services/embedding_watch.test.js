import { describe, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';
import { createEmbeddingWatch } from '../../../static/js/services/embedding_watch.js';
import { addImages, openImage } from '../../../static/js/state/actions/image_actions.js';
import { currentImage } from '../../../static/js/state/selectors.js';
import { makeEmbedding, makeImage, storeWithImages } from '../session_builders.js';

/** @import {EmbeddingState} from '../../../static/js/types.js' */

/** @param {EmbeddingState[]} states what the server says, one after the other */
function makeWatch(states) {
  const store = storeWithImages();
  const queue = [...states];
  const next = async () => queue.shift() ?? makeEmbedding();
  const api = {
    model: vi.fn(),
    request: vi.fn(next),
    expect: vi.fn(next),
    release: vi.fn(next),
    state: vi.fn(next),
    fetch: vi.fn(),
    fetchAgain: vi.fn(async () => new ArrayBuffer(8)),
  };
  const embeddings = {
    fetch: vi.fn(
      async (/** @type {string} */ _url, /** @type {AbortSignal | undefined} */ _signal) => new ArrayBuffer(4),
    ),
    forget: vi.fn(),
    usage: vi.fn(),
  };
  const decoder = { setImage: vi.fn(async () => {}), renew: vi.fn(async () => {}) };
  const parts = { store, api, embeddings, decoder, report: vi.fn(), onExpected: vi.fn(), wait: vi.fn(async () => {}) };
  return { ...parts, watch: createEmbeddingWatch(parts) };
}

const UNKNOWN = makeEmbedding({ state: 'waiting', url: null });

const BUSY = makeEmbedding({ state: 'encoding', eta_s: 2, url: null });

describe('embedding watch', () => {
  it('follows the encoding and gives the features to the decoder', async () => {
    const { store, api, embeddings, decoder, watch } = makeWatch([BUSY, BUSY, makeEmbedding({ url: '/e?v=1' })]);
    await watch.follow(makeImage(1, { embedding: UNKNOWN }));
    expect(api.state).toHaveBeenCalledTimes(2);
    expect(embeddings.fetch).toHaveBeenCalledWith('/e?v=1', expect.any(AbortSignal));
    expect(decoder.setImage).toHaveBeenCalledWith({
      imageId: '1',
      embedding: expect.any(ArrayBuffer),
      imageSize: { width: 100, height: 80 },
    });
    expect(store.get().featuresReady).toBe(true);
  });

  it('asks nothing about an embedding that is ready', async () => {
    const { store, api, watch } = makeWatch([]);
    await watch.follow(makeImage(1));
    expect(api.request).not.toHaveBeenCalled();
    expect(store.get().featuresReady).toBe(true);
  });

  it('asks for an embedding that the server has dropped meanwhile', async () => {
    const { store, api, embeddings, watch } = makeWatch([makeEmbedding({ url: '/new' })]);
    const gone = new ApiError({ code: 'embedding_not_ready', message: 'gone', hint: '' }, 409);
    embeddings.fetch.mockRejectedValueOnce(gone);
    await watch.follow(makeImage(1));
    expect(api.request).toHaveBeenCalledExactlyOnceWith(1);
    expect(embeddings.fetch).toHaveBeenCalledWith('/new', expect.any(AbortSignal));
    expect(store.get().featuresReady).toBe(true);
  });

  it('brings the neighbours here ahead of time, once the open image is ready', async () => {
    const { store, api, embeddings, onExpected, watch } = makeWatch([makeEmbedding({ url: '/third' })]);
    store.apply(openImage(2));
    store.apply(addImages([makeImage(3, { embedding: UNKNOWN })]));
    await watch.follow(makeImage(2));
    expect(onExpected.mock.calls.map(([image]) => image.id)).toEqual([3, 1]);
    expect(api.expect.mock.calls).toEqual([[3]]);
    expect(embeddings.fetch.mock.calls.map(([url]) => url)).toEqual(['/embedding', '/third', '/embedding']);
    expect(store.get().images[2].embedding.state).toBe('ready');
  });

  it('says nothing about a neighbour that cannot be had', async () => {
    const { store, embeddings, report, watch } = makeWatch([]);
    embeddings.fetch.mockResolvedValueOnce(new ArrayBuffer(4)).mockRejectedValueOnce(new Error('broken'));
    await watch.follow(makeImage(1));
    expect(report).not.toHaveBeenCalled();
    expect(store.get().featuresReady).toBe(true);
  });

  it('shows a failure of the encoding and stops', async () => {
    const error = { code: 'image_unreadable', message: 'broken', hint: '' };
    const { store, embeddings, watch } = makeWatch([makeEmbedding({ state: 'failed', error, url: null })]);
    await watch.follow(makeImage(1, { embedding: UNKNOWN }));
    expect(currentImage(store.get())?.embedding.error).toEqual(error);
    expect(embeddings.fetch).not.toHaveBeenCalled();
  });

  it('waits while the server cannot be reached', async () => {
    const { store, api, watch, wait } = makeWatch([]);
    api.request.mockRejectedValueOnce(new NetworkError('down'));
    await watch.follow(makeImage(1, { embedding: UNKNOWN }));
    expect(wait).toHaveBeenCalled();
    expect(store.get().featuresReady).toBe(true);
  });

  it('marks the image as failed when the server or the decoder refuses, and says why', async () => {
    const { store, decoder, report, watch } = makeWatch([]);
    const broken = new ApiError({ code: 'embedding_invalid', message: 'cut off', hint: 'again' }, 500);
    decoder.setImage.mockRejectedValueOnce(broken);
    await watch.follow(makeImage(1));
    expect(currentImage(store.get())?.embedding).toMatchObject({
      state: 'failed',
      error: { code: 'embedding_invalid' },
    });
    expect(report).toHaveBeenCalledOnce();
  });

  it('fetches an embedding of another model again, with the decoder of the model that the server has now', async () => {
    const { store, api, embeddings, decoder, report, watch } = makeWatch([makeEmbedding({ url: '/now' })]);
    decoder.setImage.mockRejectedValueOnce(new DecoderError('model_mismatch', 'another model'));
    await watch.follow(makeImage(1));
    expect(decoder.renew).toHaveBeenCalledOnce();
    expect(embeddings.forget).toHaveBeenCalledWith('/now');
    expect(api.fetchAgain).toHaveBeenCalledWith('/now');
    const size = (/** @type {unknown[]} */ [image]) =>
      /** @type {{embedding: ArrayBuffer}} */ (image).embedding.byteLength;
    expect(decoder.setImage.mock.calls.map(size)).toEqual([4, 8]);
    expect(store.get().featuresReady).toBe(true);
    expect(store.get().notices[0].message).toBe('the embedding comes from another model; it is fetched again');
    expect(report).not.toHaveBeenCalled();
  });
});

describe('an image that is left', () => {
  it('is given up, and the server learns that nobody waits for it', async () => {
    const { store, api, embeddings, decoder, report, watch, wait } = makeWatch([BUSY, BUSY, BUSY]);
    /** @type {Promise<void>} */
    let following = Promise.resolve();
    wait.mockImplementationOnce(async () => {
      store.apply(openImage(3));
      following = watch.follow(makeImage(3));
    });
    await watch.follow(makeImage(1, { embedding: UNKNOWN }));
    await following;
    expect(api.release).toHaveBeenCalledExactlyOnceWith(1);
    expect(embeddings.fetch.mock.calls[0][0]).toBe('/embedding');
    expect(decoder.setImage).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ imageId: '3' }));
    expect(report).not.toHaveBeenCalled();
  });

  it('takes the fetching of its neighbours with it', async () => {
    const { store, embeddings, watch } = makeWatch([]);
    /** @type {AbortSignal[]} */
    const signals = [];
    embeddings.fetch.mockImplementation(async (_url, signal) => {
      if (signal) signals.push(signal);
      return new ArrayBuffer(4);
    });
    const following = watch.follow(makeImage(1));
    store.apply(openImage(3));
    await watch.follow(makeImage(3));
    await following;
    expect(signals[0].aborted).toBe(true);
    expect(signals.at(-1)?.aborted).toBe(false);
  });
});
