/** Chooses the step of the ladder: by what an earlier visit has measured, else by measuring when the person rests. */

/** @import {DecoderStep, ForcedFailure, ModelJson, StepReason} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {DecoderLadder, LadderClient} from './decoder_ladder.js' */
/** @import {LocalStep, StepTrial} from './decoder_measuring.js' */
/** @import {IdleWatch} from './idle_watch.js' */
/** @import {StepRecord} from './step_record.js' */

import { STEPS } from '../inference/decoder_steps.js';
import { chooseStep, tryStep } from './decoder_measuring.js';
import { readRecord, writeRecord } from './step_record.js';

/** @typedef {Pick<DecoderLadder, 'place' | 'preview' | 'take' | 'lost'>} ChosenLadder */

/**
 * @typedef {object} ChoiceParts
 * @property {SessionStore} store the session
 * @property {ChosenLadder} ladder the decoder
 * @property {string} device what a measurement depends on beside the model
 * @property {Pick<Storage, 'getItem' | 'setItem'>} storage remembers it
 * @property {IdleWatch} idle knows when the person rests
 * @property {() => ModelJson | null} model the model that answers
 * @property {() => Promise<string | null>} readAdapter name of the graphics adapter
 * @property {(onLost: (problem: unknown) => void) => LadderClient} createClient makes the client of one worker
 * @property {(step: DecoderStep) => ForcedFailure | null} failureAt what its worker is told to do wrong
 */

/** Measures steps and remembers what was found. */
export class StepChoice {
  #parts;
  /** @type {StepRecord | null} */
  #record;
  /** @type {Promise<void> | null} */
  #measuring = null;

  /** @param {ChoiceParts} parts what it works with */
  constructor(parts) {
    this.#parts = parts;
    this.#record = readRecord(parts.storage, parts.device);
  }

  /**
   * Tell what is known about the steps.
   *
   * @returns {{record: StepRecord | null, isMeasuring: boolean}} null before anything was measured
   */
  get known() {
    return { record: this.#record, isMeasuring: this.#measuring !== null };
  }

  /**
   * Measure once per model, as soon as an image can be clicked on and the person rests.
   *
   * @returns {() => void} ends it
   */
  start() {
    const { store, idle, model } = this.#parts;
    let begun = false;
    const look = async () => {
      if (begun || !store.get().featuresReady || this.#record?.modelId === model()?.model_id) return;
      begun = true;
      await idle.whenIdle();
      // Another image may still be on its way: then the next one that is ready is as good.
      begun = store.get().featuresReady && (await this.measure());
    };
    return store.subscribe((state, previous) => {
      if (state.featuresReady !== previous.featuresReady) void look();
    });
  }

  /**
   * Measure now, and go on with what is fastest.
   *
   * @param {() => Promise<unknown>} [rest] waits between two prompts; for the person to rest, unless they asked for it
   * @returns {Promise<boolean>} false when it could not be done, because the image was left for example
   */
  async measure(rest = () => this.#parts.idle.whenIdle()) {
    if (this.#measuring) return false;
    const { step, image, reasons } = this.#parts.ladder.place;
    const model = this.#parts.model();
    if (!image || !model || step === 'server') return false;
    if ([...reasons.values()].some(({ code }) => code === 'not_chosen')) return true;
    const done = this.#measureAt(step, model, rest);
    this.#measuring = done.then(() => {});
    try {
      return await done;
    } finally {
      this.#measuring = null;
    }
  }

  /** @type {(present: LocalStep, model: ModelJson, rest: () => Promise<unknown>) => Promise<boolean>} */
  async #measureAt(present, model, rest) {
    const { ladder, failureAt } = this.#parts;
    const createClient = () => this.#createClient();
    /** @type {StepTrial[]} */
    const trials = [];
    /** @type {Map<DecoderStep, StepReason>} */
    const reasons = new Map();
    for (const step of await this.#candidates(present, reasons)) {
      const { image } = ladder.place;
      const parts = {
        step,
        present: { step: present, preview: ladder.preview.bind(ladder) },
        model,
        createClient,
        rest,
      };
      const found = image && (await tryStep({ ...parts, image, failure: failureAt(step) }));
      const isLeft = found === null || ladder.place.step !== present;
      if (found && 'client' in found) trials.push(found);
      else if (found) reasons.set(step, found);
      if (!isLeft) continue;
      for (const { client } of trials) client.dispose();
      return false;
    }
    this.#decide(present, model, trials, reasons);
    return true;
  }

  /** @returns {LadderClient} may become the one in use, so the ladder hears of its death */
  #createClient() {
    const { ladder, createClient } = this.#parts;
    const client = createClient((problem) => void ladder.lost(client, problem));
    return client;
  }

  /** @type {(present: LocalStep, reasons: Map<DecoderStep, StepReason>) => Promise<LocalStep[]>} */
  async #candidates(present, reasons) {
    const { ladder, readAdapter, failureAt } = this.#parts;
    const lies = failureAt('webgpu') === 'webgpu-lies';
    const hasAdapter = lies || (await readAdapter()) !== null;
    if (!hasAdapter) reasons.set('webgpu', { code: 'no_adapter', detail: '' });
    const isOpen = (/** @type {DecoderStep} */ step) =>
      !MISSING.has(ladder.place.reasons.get(step)?.code ?? '') && (step !== 'webgpu' || hasAdapter);
    return /** @type {LocalStep[]} */ (STEPS.filter((step) => step !== 'server' && step !== present && isOpen(step)));
  }

  /** @type {(present: LocalStep, model: ModelJson, trials: StepTrial[], reasons: Map<DecoderStep, StepReason>) => void} */
  #decide(present, model, trials, reasons) {
    const { ladder, device, storage } = this.#parts;
    const choice = chooseStep(present, trials);
    const above = STEPS.slice(0, STEPS.indexOf(choice.best));
    const all = new Map([...reasons, ...choice.reasons]);
    // A reason against a step below would keep the ladder from falling back to it.
    const kept = above.flatMap((step) => {
      const reason = all.get(step);
      return reason ? [/** @type {const} */ ([step, reason])] : [];
    });
    for (const [step, reason] of kept) ladder.place.reasons.set(step, reason);
    const times = trials.flatMap(({ step, ms, presentMs }) => [
      [step, ms],
      [present, presentMs],
    ]);
    this.#record = {
      modelId: model.model_id,
      device,
      best: choice.best,
      times: Object.fromEntries(times),
      reasons: Object.fromEntries(kept),
    };
    // Where nothing started, the server may have been away: the next visit measures again.
    const hasFailed = trials.length === 0 && [...reasons.values()].some(({ code }) => code === 'cannot_start');
    if (!hasFailed) writeRecord(storage, this.#record);
    for (const { step, client, info } of trials) {
      if (step === choice.best) ladder.take(step, client, info);
      else client.dispose();
    }
  }
}

/** Reasons that no measurement takes away. */
const MISSING = new Set(['not_isolated', 'no_shared_memory', 'few_cores', 'not_chosen']);
