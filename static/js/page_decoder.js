/** Makes the decoder of the page: what the device has, what the address forces, and what the page says about it. */

/** @import {DecoderStep, ForcedFailure, StepReason} from './types.js' */
/** @import {SessionStore} from './state/state_types.js' */
/** @import {IdleWatch} from './services/idle_watch.js' */
/** @import {DecodeApi} from './api/decode_api.js' */
/** @import {Device} from './inference/decoder_steps.js' */
/** @import {LadderState} from './services/decoder_ladder.js' */
/** @import {ModelReading} from './services/model_reading.js' */
/** @import {PageFlags} from './services/page_flags.js' */
/** @import {StepRecord} from './services/step_record.js' */

import { DecoderClient } from './inference/decoder_client.js';
import { missingSteps, readAdapter, readDevice, STEPS } from './inference/decoder_steps.js';
import { DecoderLadder } from './services/decoder_ladder.js';
import { createDecoderNotices, reasonText } from './services/decoder_notices.js';
import { createServerDecoder } from './services/server_decoder.js';
import { StepChoice } from './services/step_choice.js';
import { readRecord } from './services/step_record.js';
import { dropFeatures } from './state/actions/image_actions.js';
import { setDecoderStatus } from './state/actions/view_actions.js';

const WORKER_URL = new URL('./workers/decoder_worker.js', import.meta.url);

/** @typedef {{ladder: DecoderLadder, choice: StepChoice, device: Device}} PageDecoder */

/**
 * Make the decoder.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {PageFlags} parts.flags what is forced
 * @param {ModelReading} parts.modelReading the server's model
 * @param {DecodeApi} parts.api the decoder of the server
 * @param {IdleWatch} parts.idle knows when the person rests
 * @param {Pick<Storage, 'getItem' | 'setItem'>} parts.storage remembers what was measured
 * @returns {PageDecoder} the decoder, what chooses its step, and what the device has
 */
export function createPageDecoder({ store, flags, modelReading, api, idle, storage }) {
  const device = restricted(readDevice(globalThis), flags);
  const deviceKey = JSON.stringify([device, flags.fail, navigator.userAgent]);
  const reasons = missingSteps(device);
  const createClient = (/** @type {(problem: unknown) => void} */ onLost = () => {}) =>
    new DecoderClient({ workerUrl: WORKER_URL, onLost });
  const failureAt = createFailures(flags);
  const ladder = new DecoderLadder({
    reasons,
    first: firstStep(reasons, flags, readRecord(storage, deviceKey)),
    createClient,
    failureAt,
    readModel: (again) => (again ? modelReading.readAgain() : modelReading.ready()),
    askServer: createServerDecoder(api),
    onChange: (state) => showStatus(store, state, reasons),
    onEvent: createDecoderNotices(store),
  });
  const choice = new StepChoice({
    ...{ store, ladder, storage, idle, failureAt, createClient },
    device: deviceKey,
    model: modelReading.known,
    readAdapter: () => readAdapter(graphics()),
  });
  return { ladder, choice, device };
}

/**
 * Find what WebGPU begins with.
 *
 * @returns {Parameters<typeof readAdapter>[0]} undefined where the browser has no WebGPU
 */
export function graphics() {
  return /** @type {{gpu?: Parameters<typeof readAdapter>[0]}} */ (/** @type {unknown} */ (navigator)).gpu;
}

/** @type {(reasons: Map<DecoderStep, StepReason>, flags: PageFlags, record: StepRecord | null) => DecoderStep} */
function firstStep(reasons, { decoder }, record) {
  if (decoder !== 'auto') {
    for (const step of STEPS) if (step !== 'server') reasons.set(step, NOT_CHOSEN);
    reasons.delete(decoder);
  } else if (record && (record.best === 'webgpu' || !reasons.has(record.best))) {
    const found = /** @type {[DecoderStep, StepReason][]} */ (Object.entries(record.reasons));
    for (const [step, reason] of found) reasons.set(step, reason);
    reasons.delete(record.best);
  }
  return STEPS.find((step) => !reasons.has(step)) ?? 'server';
}

/** @type {StepReason} */
const NOT_CHOSEN = Object.freeze({ code: 'not_chosen', detail: '' });

/** @type {(device: Device, flags: PageFlags) => Device} */
const restricted = (device, { fail }) => ({
  ...device,
  isolated: device.isolated && !fail.includes('isolation'),
  sharedMemory: device.sharedMemory && !fail.includes('shared-memory'),
});

/** @type {(flags: PageFlags) => (step: DecoderStep) => ForcedFailure | null} */
function createFailures({ fail }) {
  let hasDied = false;
  return (step) => {
    if (fail.includes('out-of-memory')) return 'out-of-memory';
    if (step === 'webgpu' && fail.includes('webgpu-lies')) return 'webgpu-lies';
    const dies = fail.includes('worker-keeps-dying') || (fail.includes('worker-dies') && !hasDied);
    hasDied ||= dies;
    return dies ? 'worker-dies' : null;
  };
}

/** Reasons that leave nothing to be wished for. */
const NO_FAULT = new Set(['slower', 'few_cores', 'not_chosen']);

/** @type {(store: SessionStore, state: LadderState, reasons: Map<DecoderStep, StepReason>) => void} */
function showStatus(store, { phase, step, info, problem }, reasons) {
  const above = STEPS.slice(0, STEPS.indexOf(step))
    .filter((one) => one !== 'webgpu')
    .at(-1);
  const reason = above && reasons.get(above);
  const why = reason && (phase === 'server' || !NO_FAULT.has(reason.code)) ? reasonText(reason) : '';
  const message = phase === 'failed' ? problem : why;
  store.apply(setDecoderStatus({ phase, threads: info?.threads ?? 0, message: phase === 'loading' ? '' : message }));
  if (phase === 'failed') store.apply(dropFeatures());
}
