/** What was measured on this device, kept over visits. */

/** @import {DecoderStep, StepReason} from '../types.js' */

import { STEPS } from '../inference/decoder_steps.js';

const STORED = 'maskwright.decoderSteps';

/**
 * @typedef {object} StepRecord
 * @property {string} modelId the model that was measured
 * @property {string} device what else a measurement depends on: browser, cores, isolation
 * @property {DecoderStep} best the fastest step whose masks agree
 * @property {Partial<Record<DecoderStep, number>>} times milliseconds of one decode by step
 * @property {Partial<Record<DecoderStep, StepReason>>} reasons why the steps above are not taken
 */

/**
 * Read what an earlier visit has measured.
 *
 * @param {Pick<Storage, 'getItem'>} storage of the browser
 * @param {string} device what this device is now
 * @returns {StepRecord | null} null when there is nothing, or it belongs to another browser or device
 */
export function readRecord(storage, device) {
  /** @type {Partial<StepRecord>} */
  let found;
  try {
    found = Object(JSON.parse(storage.getItem(STORED) ?? 'null'));
  } catch {
    // Not ours, or cut off: it is measured again.
    return null;
  }
  const { modelId, best, times, reasons } = found;
  const isWhole = typeof modelId === 'string' && STEPS.some((step) => step === best) && times && reasons;
  return isWhole && found.device === device ? /** @type {StepRecord} */ (found) : null;
}

/**
 * Keep a measurement for later visits.
 *
 * @param {Pick<Storage, 'setItem'>} storage of the browser
 * @param {StepRecord} record the measurement
 */
export function writeRecord(storage, record) {
  storage.setItem(STORED, JSON.stringify(record));
}
