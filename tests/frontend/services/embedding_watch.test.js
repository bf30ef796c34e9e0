import { describe, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';
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
    state: vi.fn(next),
    fetch: vi.fn(async () => new ArrayBuffer(4)),
  };
  const decoder = { setImage: vi.fn(async () => {}) };
  const report = vi.fn();
  const wait = vi.fn(async () => {});
  return { store, api, decoder, report, wait, watch: createEmbeddingWatch({ store, api, decoder, report, wait }) };
}

const BUSY = makeEmbedding({ state: 'encoding', eta_s: 2, url: null });

describe('embedding watch', () => {
  it('follows the encoding and gives the features to the decoder', async () => {
    const { store, api, decoder, watch } = makeWatch([BUSY, BUSY, makeEmbedding({ url: '/e?v=1' })]);
    await watch.follow(makeImage(1));
    expect(api.state).toHaveBeenCalledTimes(2);
    expect(api.fetch).toHaveBeenCalledWith('/e?v=1');
    expect(decoder.setImage).toHaveBeenCalledWith({
      imageId: '1',
      embedding: expect.any(ArrayBuffer),
      imageSize: { width: 100, height: 80 },
    });
    expect(store.get().featuresReady).toBe(true);
  });

  it('asks for the next image ahead of time, once the open one is ready', async () => {
    const { store, api, watch } = makeWatch([]);
    store.apply(addImages([makeImage(2, { embedding: makeEmbedding({ state: 'waiting', url: null }) })]));
    await watch.follow(makeImage(1));
    expect(api.request.mock.calls).toEqual([[1], [2]]);
    expect(store.get().images[1].embedding.state).toBe('ready');
  });

  it('shows a failure of the encoding and stops', async () => {
    const error = { code: 'image_unreadable', message: 'broken', hint: '' };
    const { store, api, watch } = makeWatch([makeEmbedding({ state: 'failed', error, url: null })]);
    await watch.follow(makeImage(1));
    expect(currentImage(store.get())?.embedding.error).toEqual(error);
    expect(api.fetch).not.toHaveBeenCalled();
  });

  it('waits while the server cannot be reached', async () => {
    const { store, api, watch, wait } = makeWatch([]);
    api.request.mockRejectedValueOnce(new NetworkError('down'));
    await watch.follow(makeImage(1));
    expect(wait).toHaveBeenCalled();
    expect(store.get().featuresReady).toBe(true);
  });

  it('marks the image as failed when the server or the decoder refuses, and says why', async () => {
    const { store, decoder, report, watch } = makeWatch([]);
    decoder.setImage.mockRejectedValueOnce(
      new ApiError({ code: 'model_mismatch', message: 'other model', hint: 'reload' }, 409),
    );
    await watch.follow(makeImage(1));
    expect(currentImage(store.get())?.embedding).toMatchObject({ state: 'failed', error: { code: 'model_mismatch' } });
    expect(report).toHaveBeenCalledOnce();
  });

  it('gives up an image that was left', async () => {
    const { store, api, decoder, report, watch, wait } = makeWatch([BUSY, BUSY, BUSY]);
    wait.mockImplementationOnce(async () => store.apply(openImage(3)));
    await watch.follow(makeImage(1));
    expect(api.fetch).not.toHaveBeenCalled();
    expect(decoder.setImage).not.toHaveBeenCalled();
    expect(report).not.toHaveBeenCalled();
  });
});
