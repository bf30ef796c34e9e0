import { describe, expect, it } from 'vitest';
import { doctorRows, formatReport } from '../../../static/js/services/doctor_report.js';

/** @import {DoctorFacts} from '../../../static/js/services/doctor_report.js' */

/** @type {DoctorFacts} */
const WELL = {
  device: { isolated: true, sharedMemory: true, cores: 4 },
  adapter: 'Acme X1',
  decoder: {
    step: 'threads',
    threads: 4,
    reasons: new Map([['webgpu', { code: 'slower', detail: '9 ms instead of 7 ms' }]]),
  },
  layer: { kind: 'webgl2' },
  memory: { heapBytes: 20e6, deviceGigabytes: 8 },
  embeddings: { count: 3, bytes: 6e6, budget: 32e6 },
  times: { count: 50, p50: 12.34, p95: 20 },
  measured: { threads: 7, webgpu: 9 },
  browser: 'Test 1.0',
  model: 'tiny (abc)',
};

/** @type {(change: Partial<DoctorFacts>) => Record<string, {value: string, advice: string}>} */
const poorRows = (change) =>
  Object.fromEntries(
    doctorRows({ ...WELL, ...change })
      .filter(({ good }) => !good)
      .map(({ name, value, advice }) => [name, { value, advice }]),
  );

describe('the doctor', () => {
  it('finds nothing poor where everything is as good as can be', () => {
    expect(poorRows({})).toEqual({});
    expect(doctorRows(WELL).filter(({ advice }) => advice !== '')).toEqual([]);
  });

  it('names the step, why others are not taken, and the numbers behind it', () => {
    const report = formatReport(doctorRows(WELL));
    for (const line of [
      'Answers come from: 4 threads',
      'Not used: WebGPU: it is slower here (9 ms instead of 7 ms)',
      'Measured here: WebGPU 9 ms, several threads 7 ms',
      'Time of an answer: 12.3 ms, 95 of 100 within 20 ms (of 50)',
      'WebGPU adapter: Acme X1',
      'Memory: 20 MB in use, 8 GB in the device',
      'Embeddings kept: 3, 6 MB of 32 MB',
      'Model: tiny (abc)',
    ]) {
      expect(report.split('\n')).toContain(line);
    }
  });

  it.each([
    ['Cross-origin isolation', { device: { isolated: false, sharedMemory: false, cores: 4 } }],
    ['Shared memory', { device: { isolated: true, sharedMemory: false, cores: 4 } }],
    ['Cores', { device: { isolated: true, sharedMemory: true, cores: 1 } }],
    ['Answers come from', { decoder: { step: 'server', threads: 0, reasons: new Map() } }],
    ['Time of an answer', { times: { count: 9, p50: 40, p95: 300 } }],
    ['Masks are drawn with', { layer: { kind: 'canvas', reason: 'no card' } }],
    ['Memory', { memory: { heapBytes: null, deviceGigabytes: 2 } }],
  ])('says what to do about: %s', (name, change) => {
    const { advice } = poorRows(/** @type {Partial<DoctorFacts>} */ (change))[name];
    expect(advice).not.toBe('');
  });

  it('has words for what is not known yet', () => {
    const rows = doctorRows({
      ...WELL,
      ...{ adapter: null, layer: null, times: null, measured: null },
      memory: { heapBytes: null, deviceGigabytes: null },
    });
    const values = rows.map(({ value }) => value);
    for (const words of ['none', 'no answer yet', 'not yet', 'the browser does not say'])
      expect(values).toContain(words);
  });
});
