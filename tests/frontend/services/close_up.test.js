import { describe, expect, it, vi } from 'vitest';
import { createCloseUps } from '../../../static/js/services/close_up.js';
import { markFeaturesReady, openImage, setImages } from '../../../static/js/state/actions/image_actions.js';
import { setCanvasSize, setModel, setViewport } from '../../../static/js/state/actions/view_actions.js';
import { makeEmbedding, makeImage, settle, storeWithImages } from '../session_builders.js';

const NEAR = { scale: 1, offsetX: -1000, offsetY: -1000 };
const BUSY = makeEmbedding({ state: 'encoding', url: null });
const READY = makeEmbedding({ url: '/crop' });

/** A large image in a small view, and a server that has embeddings at once unless it is told otherwise. */
function makeCloseUps() {
  const store = storeWithImages();
  store.apply(setImages([makeImage(1, { width: 4000, height: 3000 }), makeImage(2)]));
  store.apply(setModel({ modelId: 'm', name: 'm', imageSize: 512 }));
  store.apply(setCanvasSize({ width: 800, height: 600 }));
  store.apply(setViewport({ scale: 0.2, offsetX: 0, offsetY: 0 }));
  store.apply(markFeaturesReady(1));
  /** @type {import('../../../static/js/types.js').EmbeddingState[]} */
  const states = [];
  const next = async () => states.shift() ?? READY;
  const api = {
    ...{ model: vi.fn(), fetch: vi.fn(), fetchAgain: vi.fn(), release: vi.fn(async () => {}) },
    ...{ request: vi.fn(next), expect: vi.fn(next), state: vi.fn(next) },
  };
  const embeddings = { fetch: vi.fn(async () => new ArrayBuffer(4)) };
  const decoder = { setCloseUp: vi.fn(async () => {}) };
  /** @type {(() => void)[]} */
  const resting = [];
  const idle = {
    whenIdle: vi.fn(() => new Promise((/** @type {(value: void) => void} */ done) => resting.push(done))),
  };
  const report = vi.fn();
  const wait = vi.fn(async () => {});
  const closeUps = createCloseUps({ store, api, embeddings, decoder, idle, report, wait });
  const rest = async () => {
    for (const done of resting.splice(0)) done();
    await settle();
  };
  return { store, states, api, embeddings, decoder, idle, report, wait, closeUps, rest };
}

describe('a close-up on a key', () => {
  it('is asked for, followed, fetched and given to the decoder', async () => {
    const { store, states, api, embeddings, decoder, closeUps } = makeCloseUps();
    states.push(BUSY, BUSY, READY);
    store.apply(setViewport(NEAR));
    const done = closeUps.toggle();
    expect(store.get().closeUp?.ready).toBe(false);
    await done;
    const crop = store.get().closeUp?.crop;
    expect(api.request).toHaveBeenCalledExactlyOnceWith(1, crop);
    expect(api.state).toHaveBeenCalledTimes(2);
    expect(embeddings.fetch).toHaveBeenCalledWith('/crop');
    expect(decoder.setCloseUp).toHaveBeenCalledWith({
      embedding: expect.any(ArrayBuffer),
      imageSize: { width: 4000, height: 3000 },
    });
    expect(store.get().closeUp?.ready).toBe(true);
  });

  it('is left with the same key', async () => {
    const { store, closeUps } = makeCloseUps();
    store.apply(setViewport(NEAR));
    await closeUps.toggle();
    await closeUps.toggle();
    expect(store.get().closeUp).toBeNull();
  });

  it('says why there is none', async () => {
    const { store, api, closeUps } = makeCloseUps();
    await closeUps.toggle();
    expect(store.get().notices.at(-1)?.message).toContain('nothing would be seen more sharply');
    store.apply(openImage(2));
    await closeUps.toggle();
    expect(store.get().notices.at(-1)?.message).toContain('still being encoded');
    expect(api.request).not.toHaveBeenCalled();
  });

  it('is given up when it is left meanwhile, and the server learns of it', async () => {
    const { store, states, api, decoder, wait, closeUps } = makeCloseUps();
    states.push(BUSY, BUSY);
    store.apply(setViewport(NEAR));
    wait.mockImplementationOnce(async () => store.apply(openImage(2)));
    await closeUps.toggle();
    expect(api.release).toHaveBeenCalledWith(1, expect.objectContaining({ width: expect.any(Number) }));
    expect(decoder.setCloseUp).not.toHaveBeenCalled();
    expect(store.get().closeUp).toBeNull();
  });

  it('says what went wrong, on the server or in the decoder, and is gone', async () => {
    const { store, states, decoder, report, closeUps } = makeCloseUps();
    store.apply(setViewport(NEAR));
    const error = { code: 'encoding_failed', message: 'no room', hint: 'x' };
    states.push(makeEmbedding({ state: 'failed', url: null, error }));
    await closeUps.toggle();
    expect(report).toHaveBeenLastCalledWith(expect.objectContaining(error), expect.stringContaining('not encoded'));
    decoder.setCloseUp.mockRejectedValueOnce(new Error('lost'));
    await closeUps.toggle();
    expect(report).toHaveBeenCalledTimes(2);
    expect(store.get().closeUp).toBeNull();
  });
});

describe('a close-up by itself', () => {
  it('comes when a person rests over a part, behind what others wait for', async () => {
    const { store, api, idle, closeUps, rest } = makeCloseUps();
    closeUps.start();
    store.apply(setViewport({ ...NEAR, offsetX: -900 }));
    store.apply(setViewport(NEAR));
    expect(idle.whenIdle).toHaveBeenCalledOnce();
    expect(api.expect).not.toHaveBeenCalled();
    await rest();
    expect(api.expect).toHaveBeenCalledOnce();
    expect(api.request).not.toHaveBeenCalled();
    expect(store.get().closeUp?.ready).toBe(true);
  });

  it('does not come while much of the image is seen, nor where it was just left', async () => {
    const { store, api, closeUps, rest } = makeCloseUps();
    closeUps.start();
    store.apply(setViewport({ scale: 0.3, offsetX: 0, offsetY: 0 }));
    await rest();
    store.apply(setViewport(NEAR));
    await closeUps.toggle();
    await closeUps.toggle();
    await rest();
    expect(api.expect).not.toHaveBeenCalled();
  });

  it('goes with the view, and stays while the view stays on it or shows more', async () => {
    const { store, closeUps, rest } = makeCloseUps();
    closeUps.start();
    store.apply(setViewport(NEAR));
    await rest();
    const first = store.get().closeUp;
    store.apply(setViewport({ scale: 0.2, offsetX: 0, offsetY: 0 }));
    store.apply(setViewport({ ...NEAR, offsetX: -1100 }));
    await rest();
    expect(store.get().closeUp).toBe(first);
    store.apply(setViewport({ ...NEAR, offsetX: -3000 }));
    expect(store.get().closeUp).toBeNull();
    await rest();
    expect(store.get().closeUp?.crop.x).toBeGreaterThan(2000);
    // Much nearer, it is encoded anew.
    store.apply(setViewport({ scale: 4, offsetX: -4 * 3200, offsetY: -4 * 1200 }));
    expect(store.get().closeUp).toBeNull();
  });
});
