import { afterEach, describe, expect, it, vi } from 'vitest';
import { withForcedFailures } from '../../../static/js/workers/forced_failures.js';

/** @import { DecoderSetup, ForcedFailure, GraphSession } from '../../../static/js/types.js' */

const LOGITS = { shape: [1, 1, 1, 2], values: Float32Array.of(3, -2) };

/** @type {(failure: ForcedFailure | null) => DecoderSetup} */
const setup = (failure) => ({ provider: 'webgpu', threads: 1, failure });

/** @type {(graph: Uint8Array, setup: DecoderSetup) => Promise<GraphSession>} */
const open = vi.fn(async (_graph, { provider }) => ({
  inputNames: [],
  outputNames: [],
  inputShapes: new Map(),
  threads: 1,
  provider,
  run: async () => new Map([['low_res_logits', { ...LOGITS, values: LOGITS.values.slice() }]]),
}));
const openFailing = withForcedFailures(open);
const GRAPH = new Uint8Array(0);
const run = (/** @type {GraphSession} */ session) => session.run(new Map(), ['low_res_logits']);

afterEach(() => vi.unstubAllGlobals());

describe('forced failures', () => {
  it('are none unless asked for', async () => {
    const session = await openFailing(GRAPH, setup(null));
    expect(session.provider).toBe('webgpu');
    expect((await run(session)).get('low_res_logits')).toEqual(LOGITS);
  });

  it('turn masks inside out where WebGPU lies', async () => {
    const session = await openFailing(GRAPH, setup('webgpu-lies'));
    expect(session.provider).toBe('webgpu');
    expect(open).toHaveBeenLastCalledWith(GRAPH, expect.objectContaining({ provider: 'wasm' }));
    expect((await run(session)).get('low_res_logits')?.values).toEqual(Float32Array.of(-3, 2));
  });

  it('end the worker in the middle of the first prompt, not before', async () => {
    vi.useFakeTimers();
    const session = await openFailing(GRAPH, setup('worker-dies'));
    for (let count = 0; count < 3; count += 1) await run(session);
    const answered = vi.fn();
    void run(session).then(answered);
    expect(() => vi.runAllTimers()).toThrow('it was told to die');
    expect(answered).not.toHaveBeenCalled();
    vi.useRealTimers();
  });

  it('leave little memory', async () => {
    vi.stubGlobal('WebAssembly', { ...WebAssembly, Memory: WebAssembly.Memory });
    await openFailing(GRAPH, setup('out-of-memory'));
    const memory = new WebAssembly.Memory({ initial: 256, maximum: 65536 });
    expect(() => memory.grow(100)).toThrow(RangeError);
  });
});
