import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPageDecoder } from '../../static/js/page_decoder.js';
import { readFlags } from '../../static/js/services/page_flags.js';
import { writeRecord } from '../../static/js/services/step_record.js';
import { FakeWorker } from './inference/fake_worker.js';
import { settle, storeWithImages } from './session_builders.js';

/** @import {ModelJson} from '../../static/js/types.js' */

const MODEL = /** @type {ModelJson} */ ({ model_id: 'm', decoder_url: '/decoder' });
const INFO = { modelId: 'm', threads: 2, provider: 'wasm', warmupMs: 1 };

/** @type {FakeWorker[]} */
let workers;
/** @type {Map<string, string>} */
let kept;

/** @param {string} search flags in the address */
function makePage(search) {
  const store = storeWithImages();
  const storage = {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) => void kept.set(name, text),
  };
  const reading = {
    about: vi.fn(),
    ready: async () => MODEL,
    known: () => MODEL,
    readAgain: async () => MODEL,
    renew: vi.fn(),
  };
  const decoder = createPageDecoder({
    store,
    storage,
    flags: readFlags(search, storage),
    modelReading: reading,
    api: { decode: vi.fn() },
    idle: { note: () => {}, whenIdle: () => new Promise(() => {}) },
  });
  return { store, ...decoder };
}

beforeEach(() => {
  workers = [];
  kept = new Map();
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('navigator', { hardwareConcurrency: 4, userAgent: 'test' });
  vi.stubGlobal('location', { href: 'http://localhost/' });
  vi.stubGlobal(
    'Worker',
    class extends FakeWorker {
      constructor() {
        super();
        workers.push(this);
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

describe('the decoder of the page', () => {
  it.each([
    ['', 'threads', undefined],
    ['?fail=isolation', 'single', 'not_isolated'],
    ['?fail=shared-memory', 'single', 'no_shared_memory'],
    ['?decoder=single', 'single', 'not_chosen'],
    ['?decoder=server', 'server', 'not_chosen'],
    ['?decoder=webgpu', 'webgpu', 'not_chosen'],
  ])('begins with the address %s at the step %s', (search, step, reason) => {
    const { place } = makePage(search).ladder;
    expect(place.step).toBe(step);
    expect(place.reasons.get('threads')?.code).toBe(reason);
  });

  it('begins where an earlier visit has measured it to be best', () => {
    const { device } = makePage('');
    const key = JSON.stringify([device, [], 'test']);
    const reasons = { threads: { code: /** @type {const} */ ('slower'), detail: '9 ms instead of 7 ms' } };
    writeRecord(
      { setItem: (name, text) => void kept.set(name, text) },
      { modelId: 'm', device: key, best: 'single', times: {}, reasons },
    );
    expect(makePage('').ladder.place.step).toBe('single');
    expect(makePage('?fail=isolation').ladder.place.reasons.get('threads')?.code).toBe('not_isolated');
  });

  it('shows how the decoder runs, and why not better', async () => {
    const { store, ladder } = makePage('?fail=isolation');
    const starting = ladder.start();
    await settle();
    workers[0].answer('load', { result: { ...INFO, threads: 1 } });
    await starting;
    expect(workers[0].last('load')).toMatchObject({ setup: { provider: 'wasm', threads: 1, failure: null } });
    expect(store.get().decoder).toEqual({
      phase: 'ready',
      threads: 1,
      message: 'the page is not cross-origin isolated',
    });
    ladder.take('server', /** @type {never} */ ({ dispose() {} }), INFO);
  });

  it('tells only the first worker to die, unless all shall', async () => {
    for (const [search, failures] of /** @type {const} */ ([
      ['?fail=worker-dies', ['worker-dies', null]],
      ['?fail=worker-keeps-dying', ['worker-dies', 'worker-dies']],
      ['?fail=out-of-memory', ['out-of-memory', 'out-of-memory']],
    ])) {
      workers = [];
      const { ladder } = makePage(search);
      for (const index of [0, 1]) {
        const starting = index === 0 ? ladder.start() : ladder.renew();
        await settle();
        workers[index].answer('load', { result: INFO });
        await starting;
      }
      expect(
        workers.map((worker) => /** @type {{setup?: {failure: unknown}}} */ (worker.last('load')).setup?.failure),
      ).toEqual(failures);
    }
  });
});
