/**
 * The ladder: the ways in which prompts can be answered, best first, and which of them this device has. Steps that are
 * possible may still turn out to fail; who takes them finds out.
 */

/** @import { DecoderSetup, DecoderStep, ForcedFailure, StepReason } from '../types.js' */

/** All steps, best first. */
export const STEPS = /** @type {readonly DecoderStep[]} */ (Object.freeze(['webgpu', 'threads', 'single', 'server']));

/**
 * What of a device decides about the steps.
 *
 * @typedef {object} Device
 * @property {boolean} isolated whether the page is cross-origin isolated
 * @property {boolean} sharedMemory whether there is memory that threads can share
 * @property {number} cores as the browser tells it
 */

/**
 * Read the device.
 *
 * @param {object} scope - The global object of the page.
 * @param {boolean} [scope.crossOriginIsolated] - As the browser says it.
 * @param {unknown} [scope.SharedArrayBuffer] - The class; left out where threads cannot share memory.
 * @param {{ hardwareConcurrency?: number }} [scope.navigator] - Knows the cores.
 * @returns {Device} What it has.
 */
export function readDevice({ crossOriginIsolated, SharedArrayBuffer, navigator }) {
  return {
    isolated: crossOriginIsolated === true,
    sharedMemory: typeof SharedArrayBuffer === 'function',
    cores: navigator?.hardwareConcurrency ?? 1,
  };
}

/** @typedef {{ info?: { vendor?: string, architecture?: string, description?: string } }} GpuAdapter */

/**
 * Ask for the graphics adapter. This may take a while, so it is not part of the start.
 *
 * @param {{ requestAdapter(): Promise<GpuAdapter | null> }} [gpu] - `navigator.gpu`; some browsers have none.
 * @returns {Promise<string | null>} Its name; null where WebGPU has none.
 */
export async function readAdapter(gpu) {
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return null;
  const { vendor = '', architecture = '', description = '' } = adapter.info ?? {};
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
}

/**
 * Say which steps a device does not have. WebGPU is never taken before it was measured: it may be slow, and it may be
 * wrong.
 *
 * @param {Device} device - What it has.
 * @returns {Map<DecoderStep, StepReason>} Why not, by step.
 */
export function missingSteps({ isolated, sharedMemory, cores }) {
  /** @type {Map<DecoderStep, StepReason>} */
  const missing = new Map();
  const miss = (/** @type {DecoderStep} */ step, /** @type {StepReason['code']} */ code) =>
    missing.set(step, { code, detail: '' });
  miss('webgpu', 'not_measured');
  if (!isolated) miss('threads', 'not_isolated');
  else if (!sharedMemory) miss('threads', 'no_shared_memory');
  // The page draws on one core: measured on two, a second thread made previews and clicks slower.
  else if (cores < 3) miss('threads', 'few_cores');
  return missing;
}

/**
 * Say what a worker runs on at a step.
 *
 * @param {Exclude<DecoderStep, 'server'>} step - The step.
 * @param {ForcedFailure | null} failure - What it is told to do wrong.
 * @returns {DecoderSetup} For the worker.
 */
export function setupOf(step, failure) {
  const provider = step === 'webgpu' ? 'webgpu' : 'wasm';
  return { provider, threads: step === 'threads' ? null : 1, failure };
}
