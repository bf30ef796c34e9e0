import { afterEach, expect, it, vi } from 'vitest';
import { createPageDoctor } from '../../static/js/page_doctor.js';
import { createDecodeTimes } from '../../static/js/services/decode_times.js';
import { storeWithImages } from './session_builders.js';

/** @import {PageDecoder} from '../../static/js/page_decoder.js' */
/** @import {PhotoStage} from '../../static/js/photo_stage.js' */

afterEach(() => vi.unstubAllGlobals());

it('collects what it needs from the page, measures without waiting, and copies', async () => {
  const writeText = vi.fn();
  const requestAdapter = vi.fn(async () => ({ info: { description: 'Acme X1' } }));
  vi.stubGlobal('navigator', { userAgent: 'Test 1.0', gpu: { requestAdapter }, clipboard: { writeText } });
  const measure = vi.fn(async (/** @type {() => Promise<unknown>} */ rest) => rest().then(() => true));
  const decoder = {
    ladder: {
      place: { step: 'single', reasons: new Map([['threads', { code: 'few_cores', detail: '' }]]), image: null },
    },
    choice: { known: { record: null, isMeasuring: false }, measure },
    device: { isolated: true, sharedMemory: true, cores: 1 },
  };
  const doctor = createPageDoctor({
    store: storeWithImages(),
    decoder: /** @type {PageDecoder} */ (/** @type {unknown} */ (decoder)),
    stage: /** @type {PhotoStage} */ (/** @type {unknown} */ ({ readings: { kind: 'webgl2' } })),
    embeddings: { usage: () => ({ count: 0, bytes: 0, budget: 1 }) },
    times: createDecodeTimes(),
  });
  const rows = await doctor.examine();
  expect(await doctor.examine()).toEqual(rows);
  expect(requestAdapter).toHaveBeenCalledOnce();
  const found = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  expect(found).toMatchObject({ 'WebGPU adapter': 'Acme X1', 'Answers come from': 'one thread', Browser: 'Test 1.0' });
  expect(await doctor.measure()).toBe(true);
  await doctor.copy(rows);
  expect(writeText.mock.calls[0][0]).toContain(
    'Not used: several threads: more threads would take the core that the page draws on',
  );
});
