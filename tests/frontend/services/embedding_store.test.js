import { describe, expect, it, vi } from 'vitest';
import { createEmbeddingStore } from '../../../static/js/services/embedding_store.js';

/** @param {number} budget bytes kept at most; every embedding has ten */
function makeStore(budget) {
  const fetchBytes = vi.fn(
    async (/** @type {string} */ _url, /** @type {AbortSignal | undefined} */ _signal) => new ArrayBuffer(10),
  );
  return { fetchBytes, store: createEmbeddingStore(fetchBytes, budget) };
}

describe('the store of embeddings', () => {
  it('asks once, also for two who want the same', async () => {
    const { fetchBytes, store } = makeStore(100);
    const [one, other] = await Promise.all([store.fetch('/a'), store.fetch('/a')]);
    expect(one).toBe(other);
    expect(await store.fetch('/a')).toBe(one);
    expect(fetchBytes).toHaveBeenCalledOnce();
    expect(store.usage()).toEqual({ count: 1, bytes: 10, budget: 100 });
  });

  it('drops what was used least recently when there are too many bytes', async () => {
    const { fetchBytes, store } = makeStore(25);
    for (const url of ['/a', '/b', '/a', '/c']) await store.fetch(url);
    expect(store.usage()).toMatchObject({ count: 2, bytes: 20 });
    fetchBytes.mockClear();
    for (const url of ['/a', '/c', '/b']) await store.fetch(url);
    expect(fetchBytes.mock.calls.map(([url]) => url)).toEqual(['/b']);
  });

  it('keeps a dozen, however small they are', async () => {
    const { store } = makeStore(1e6);
    for (let number = 0; number < 20; number += 1) await store.fetch(`/${number}`);
    expect(store.usage()).toMatchObject({ count: 12, bytes: 120 });
  });

  it('keeps the newest, however large it is', async () => {
    const { store } = makeStore(5);
    await store.fetch('/a');
    expect(store.usage()).toMatchObject({ count: 1, bytes: 10 });
  });

  it('forgets one that is of no use', async () => {
    const { fetchBytes, store } = makeStore(100);
    await store.fetch('/a');
    store.forget('/a');
    store.forget('/never');
    expect(store.usage()).toMatchObject({ count: 0, bytes: 0 });
    await store.fetch('/a');
    expect(fetchBytes).toHaveBeenCalledTimes(2);
  });

  it('asks again for somebody who still wants what another one cancelled', async () => {
    const { fetchBytes, store } = makeStore(100);
    fetchBytes.mockRejectedValueOnce(new DOMException('cancelled', 'AbortError'));
    const cancelled = new AbortController().signal;
    const first = store.fetch('/a', cancelled);
    const second = store.fetch('/a');
    await expect(first).rejects.toThrow('cancelled');
    expect((await second).byteLength).toBe(10);
    expect(fetchBytes.mock.calls).toEqual([
      ['/a', cancelled],
      ['/a', undefined],
    ]);
  });
});
