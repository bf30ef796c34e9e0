import { describe, expect, it, vi } from 'vitest';
import { NetworkError } from '../../../static/js/api/api_error.js';
import { createImageMarking } from '../../../static/js/services/image_marking.js';
import { makeImage, storeWithImages } from '../session_builders.js';

function makeMarking() {
  const store = storeWithImages();
  const setState = vi.fn(async () => makeImage(1));
  const report = vi.fn();
  const api = /** @type {never} */ ({ setState });
  return { store, setState, report, marking: createImageMarking({ store, api, report }) };
}

/** @type {(store: ReturnType<typeof storeWithImages>) => string[]} */
const states = (store) => store.get().images.map(({ state }) => state);

describe('image marking', () => {
  it('shows the state at once and sends it', async () => {
    const { store, setState, marking } = makeMarking();
    const sent = marking.mark([1, 3], 'done');
    expect(states(store)).toEqual(['done', 'new', 'done']);
    await sent;
    expect(setState.mock.calls).toEqual([
      [1, 'done'],
      [3, 'done'],
    ]);
  });

  it('takes back what the server refused', async () => {
    const { store, setState, report, marking } = makeMarking();
    setState.mockRejectedValueOnce(new Error('gone'));
    await marking.mark([1, 2], 'done');
    expect(states(store)).toEqual(['new', 'done', 'new']);
    expect(report).toHaveBeenCalledOnce();
  });

  it('keeps what a server that is away could not be told, and tells it later', async () => {
    const { store, setState, report, marking } = makeMarking();
    setState.mockRejectedValueOnce(new NetworkError(null));
    await marking.mark([1], 'skipped');
    expect(states(store)[0]).toBe('skipped');
    expect(report).toHaveBeenCalledOnce();
    await marking.retry();
    await marking.retry();
    expect(setState).toHaveBeenCalledTimes(2);
  });
});
