import { describe, expect, it } from 'vitest';
import { missingSteps, readAdapter, readDevice, setupOf } from '../../../static/js/inference/decoder_steps.js';

const WHOLE = { crossOriginIsolated: true, SharedArrayBuffer, navigator: { hardwareConcurrency: 4 } };

describe('a device', () => {
  it.each([
    ['nothing but WebGPU, which must be measured first', WHOLE, undefined],
    ['threads without isolation', { ...WHOLE, crossOriginIsolated: false }, 'not_isolated'],
    ['threads without shared memory', { ...WHOLE, SharedArrayBuffer: undefined }, 'no_shared_memory'],
    ['threads on two cores', { ...WHOLE, navigator: { hardwareConcurrency: 2 } }, 'few_cores'],
    ['no threads on three cores', { ...WHOLE, navigator: { hardwareConcurrency: 3 } }, undefined],
    ['threads where the browser says nothing', {}, 'not_isolated'],
  ])('lacks %s', (_what, scope, code) => {
    const missing = missingSteps(readDevice(scope));
    expect(missing.get('threads')?.code).toBe(code);
    expect(missing.get('webgpu')?.code).toBe('not_measured');
    expect(missing.has('single') || missing.has('server')).toBe(false);
  });

  it.each([
    ['none without WebGPU', undefined, null],
    ['none without an adapter', { requestAdapter: async () => null }, null],
    ['none when asking fails', { requestAdapter: () => Promise.reject(new Error('lost')) }, null],
    ['by its parts', { requestAdapter: async () => ({ info: { vendor: 'acme', architecture: 'x1' } }) }, 'acme x1'],
    ['by its description', { requestAdapter: async () => ({ info: { description: 'Acme X1' } }) }, 'Acme X1'],
    ['in some way always', { requestAdapter: async () => ({}) }, 'unnamed adapter'],
  ])('names its adapter: %s', async (_what, gpu, name) => {
    expect(await readAdapter(gpu)).toBe(name);
  });
});

describe('a step', () => {
  it('says what its worker runs on', () => {
    expect(setupOf('threads', null)).toEqual({ provider: 'wasm', threads: null, failure: null });
    expect(setupOf('single', 'worker-dies')).toEqual({ provider: 'wasm', threads: 1, failure: 'worker-dies' });
    expect(setupOf('webgpu', null)).toMatchObject({ provider: 'webgpu', threads: 1 });
  });
});
