/**
 * Answers prompts at the best step of the ladder that works here: several threads, one thread, the server. A worker that
 * dies is replaced and asked again; one that keeps dying makes room for the next step. Whoever asks only waits longer.
 */

/** @import {Contours, DecodeRequest, DecodeResult, DecoderInfo, DecoderStep, ExactMask, ForcedFailure, LogitsPlacement, MaskReading, ModelJson, Rle, Size, StepReason} from '../types.js' */
/** @import {DecoderClient} from '../inference/decoder_client.js' */

import { STEPS, setupOf } from '../inference/decoder_steps.js';
import { contoursOfEdges } from '../masks/contour.js';
import { exactMaskOfLogits } from '../masks/exact_mask.js';
import { edgesOfRle } from '../masks/rle_edges.js';
import { describeProblem } from './problem_report.js';

/** Workers that are started again at one step before the next step is taken. */
const RESTARTS = 2;

/** Answers after which earlier deaths no longer count. */
const TRUST = 200;

/** What says that the decoder does not run; other problems would be the same with another one. */
const DEATHS = new Set(['decoder_unavailable', 'decoder_lost', 'decoder_failed', 'decoder_not_loaded']);

/** @typedef {Pick<DecoderClient, 'load' | 'setImage' | 'setCloseUp' | 'decode' | 'preview' | 'hover' | 'exactMask' | 'traceRle' | 'dispose'>} LadderClient */

/** @typedef {{imageId: string, embedding: ArrayBuffer, imageSize: Size}} NextImage */

/** @typedef {{embedding: ArrayBuffer, imageSize: Size}} NextCloseUp */

/**
 * @typedef {object} LadderState
 * @property {'loading' | 'ready' | 'failed' | 'server'} phase `failed`: no step can help, `problem` says why
 * @property {DecoderStep} step the present one
 * @property {DecoderInfo | null} info how the worker runs; null while there is none
 * @property {string} problem of `failed`
 */

/**
 * What a person should hear of.
 *
 * @typedef {{kind: 'restarted' | 'stepped', code: StepReason['code'], step: DecoderStep, problem: string, isMemory: boolean}} LadderEvent
 */

/**
 * @typedef {object} LadderParts
 * @property {Map<DecoderStep, StepReason>} reasons why steps cannot be taken; the ladder adds what it finds out
 * @property {DecoderStep} first the step to begin with
 * @property {(onLost: (problem: unknown) => void) => LadderClient} createClient makes the client of one worker
 * @property {(step: DecoderStep) => ForcedFailure | null} failureAt what the next worker is told to do wrong
 * @property {(again: boolean) => Promise<ModelJson>} readModel the server's model; `again` forgets what was read before
 * @property {(imageId: number, request: DecodeRequest) => Promise<DecodeResult>} askServer the last step
 * @property {(state: LadderState) => void} onChange told whenever the state changes
 * @property {(event: LadderEvent) => void} onEvent told what a person should hear of
 */

/** The decoder as the page sees it. */
export class DecoderLadder {
  #parts;
  /** @type {DecoderStep} */
  #step;
  /** @type {Promise<LadderClient | null> | null} the worker in use, or being started; null at the step of the server */
  #current = null;
  /** @type {LadderClient | null} the worker whose decoder still loads */
  #starting = null;
  /** @type {NextImage | null} */
  #image = null;
  /** @type {NextCloseUp | null} */
  #closeUp = null;
  #deaths = 0;
  #answers = 0;
  #newest = 0;
  #readAgain = false;

  /** @param {LadderParts} parts what it works with */
  constructor(parts) {
    this.#parts = parts;
    this.#step = parts.first;
  }

  /**
   * Say where the decoder stands.
   *
   * @returns {{step: DecoderStep, reasons: Map<DecoderStep, StepReason>, image: NextImage | null}} the step, why
   *   others are not taken, the open image
   */
  get place() {
    return { step: this.#step, reasons: this.#parts.reasons, image: this.#image };
  }

  /** Start the decoder; worth calling early. */
  async start() {
    await this.#running();
  }

  /**
   * Take the next image. At the step of the server, this browser is tried again, so that a passing failure does not last.
   *
   * @param {NextImage} image its embedding is kept until the next one, for a worker that has to be replaced
   */
  async setImage(image) {
    this.#newest += 1;
    this.#image = null;
    this.#closeUp = null;
    const step = STEPS.find((one) => one !== 'server' && this.#parts.reasons.get(one)?.code === 'cannot_start');
    if (this.#step === 'server' && step) this.#moveTo(step);
    await this.#use(
      (client) => client.setImage(image),
      async () => undefined,
    );
    this.#image = image;
  }

  /**
   * Take the embedding of a part of the image, in place of an earlier part.
   *
   * @param {NextCloseUp} closeUp kept until the next image, for a worker that has to be replaced
   */
  async setCloseUp(closeUp) {
    this.#closeUp = null;
    await this.#use(
      (client) => client.setCloseUp(closeUp),
      async () => undefined,
    );
    this.#closeUp = closeUp;
  }

  /**
   * Find the masks of a prompt.
   *
   * @param {DecodeRequest} request the prompt
   * @returns {Promise<DecodeResult | null>} null when a newer request overtook it
   */
  async decode(request) {
    this.#newest += 1;
    const own = this.#newest;
    const answer = await this.#use(
      async (client) => (own === this.#newest ? client.decode(request) : null),
      () => (own === this.#newest ? this.#parts.askServer(Number(this.#image?.imageId), request) : null),
    );
    return own === this.#newest ? answer : null;
  }

  /**
   * Answer a prompt with logits, sooner than `decode` does.
   *
   * @param {DecodeRequest} request the prompt
   * @returns {Promise<MaskReading[] | null>} null for another image by now, and where the server answers: it has the whole
   *   answer as soon
   */
  preview(request) {
    return this.#use(
      (client) => client.preview(request),
      async () => null,
    );
  }

  /**
   * Answer what the pointer is on.
   *
   * @param {DecodeRequest} request the prompt
   * @returns {Promise<MaskReading[] | null>} null when the pointer is elsewhere by now, and where the server answers: a
   *   request for each move would keep it from answering clicks
   */
  hover(request) {
    return this.#use(
      (client) => client.hover(request),
      async () => null,
    );
  }

  /**
   * Make the exact mask of logits, in the worker where there is one.
   *
   * @param {Float32Array} logits low-resolution logits
   * @param {number} side of their square
   * @param {LogitsPlacement} placement sizes and threshold
   * @returns {Promise<ExactMask>} the mask
   */
  exactMask(logits, side, placement) {
    return this.#use(
      (client) => client.exactMask(logits, side, placement),
      async () => exactMaskOfLogits(logits, side, placement),
    );
  }

  /**
   * Outline a mask, in the worker where there is one. Outlines need no decoder, so one that still loads is not waited for.
   *
   * @param {Rle} rle the mask
   * @returns {Promise<Contours>} the outline
   */
  async traceRle(rle) {
    try {
      if (this.#starting) return await this.#starting.traceRle(rle);
    } catch (problem) {
      if (!isDeath(problem) && describeProblem(problem).code !== 'disposed') throw problem;
    }
    return this.#use(
      (client) => client.traceRle(rle),
      async () => contoursOfEdges(edgesOfRle(rle), rle.size[1]),
    );
  }

  /** Start again with the model that the server has now. The image must be set again, and prompts asked again. */
  async renew() {
    this.#newest += 1;
    this.#readAgain = true;
    this.#image = null;
    this.#closeUp = null;
    this.#moveTo(this.#step);
    await this.#running();
  }

  /**
   * Go on with a worker that was found to be better.
   *
   * @param {DecoderStep} step its step
   * @param {LadderClient} client loaded
   * @param {DecoderInfo} info how it runs
   */
  take(step, client, info) {
    this.#moveTo(step);
    this.#current = this.#withImage(client, info);
    this.#guard(this.#current);
  }

  /**
   * Hear that a worker died. Nobody may have asked it anything: then the next question need not wait for a new one.
   *
   * @param {LadderClient | null} client its client; one that is not in use does not matter
   * @param {unknown} problem why
   */
  async lost(client, problem) {
    const running = this.#current;
    const known = await running?.catch(() => null);
    if (!running || !client || known !== client || this.#current !== running) return;
    this.#bury(client, running, problem);
    await this.#running().catch(() => {});
  }

  /**
   * Give up a worker that died.
   *
   * @param {LadderClient} client the client
   * @param {Promise<LadderClient | null>} running what it is the client of
   * @param {unknown} problem why
   */
  #bury(client, running, problem) {
    client.dispose();
    if (this.#current !== running) return;
    this.#current = null;
    this.#deaths += 1;
    this.#answers = 0;
    if (this.#deaths > RESTARTS) this.#descend('died', problem);
    else this.#tell('restarted', 'died', problem);
  }

  /** @type {(code: StepReason['code'], problem: unknown) => void} */
  #descend(code, problem) {
    const { reasons } = this.#parts;
    const isNews = !reasons.has(this.#step);
    reasons.set(this.#step, { code, detail: describeProblem(problem).message });
    const later = STEPS.slice(STEPS.indexOf(this.#step) + 1);
    this.#step = later.find((step) => !reasons.has(step)) ?? 'server';
    this.#deaths = 0;
    if (isNews) this.#tell('stepped', code, problem);
  }

  /** @type {(kind: LadderEvent['kind'], code: StepReason['code'], problem: unknown) => void} */
  #tell(kind, code, problem) {
    const { message } = describeProblem(problem);
    this.#parts.onEvent({ kind, code, step: this.#step, problem: message, isMemory: MEMORY.test(message) });
  }

  /** @type {(step: DecoderStep) => void} */
  #moveTo(step) {
    const left = this.#current;
    this.#current = null;
    this.#step = step;
    this.#parts.reasons.delete(step);
    this.#deaths = 0;
    left?.then(
      (client) => client?.dispose(),
      () => {},
    );
  }

  /** @returns {Promise<LadderClient | null>} the worker; null where the server answers */
  #running() {
    if (!this.#current) {
      this.#current = this.#bringUp();
      this.#guard(this.#current);
    }
    return this.#current;
  }

  /** @param {Promise<LadderClient | null>} starting a failed start is tried again by whoever asks next */
  #guard(starting) {
    starting.catch(() => {
      if (this.#current === starting) this.#current = null;
    });
  }

  /** @returns {Promise<LadderClient | null>} */
  async #bringUp() {
    if (this.#step !== 'server') this.#change('loading', null);
    try {
      while (this.#step !== 'server') {
        const client = await this.#tryStep(this.#step);
        if (client) return client;
      }
    } catch (problem) {
      const { code, message } = describeProblem(problem);
      if (code === 'model_mismatch') this.#readAgain = true;
      this.#change('failed', null, message);
      throw problem;
    }
    this.#change('server', null);
    return null;
  }

  /**
   * @param {Exclude<DecoderStep, 'server'>} step
   * @returns {Promise<LadderClient | null>} null when it does not work here
   */
  async #tryStep(step) {
    const again = this.#readAgain;
    this.#readAgain = false;
    const model = await this.#parts.readModel(again);
    const own = { client: /** @type {LadderClient | null} */ (null) };
    const client = this.#parts.createClient((problem) => void this.lost(own.client, problem));
    own.client = client;
    try {
      const loading = client.load(model, setupOf(step, this.#parts.failureAt(step)));
      this.#starting = client;
      const info = await loading;
      return await this.#withImage(client, info);
    } catch (problem) {
      client.dispose();
      if (!isDeath(problem)) throw problem;
      this.#descend('cannot_start', problem);
      return null;
    } finally {
      if (this.#starting === client) this.#starting = null;
    }
  }

  /** @type {(client: LadderClient, info: DecoderInfo) => Promise<LadderClient>} */
  async #withImage(client, info) {
    if (this.#image) await client.setImage(this.#image);
    if (this.#closeUp) await client.setCloseUp(this.#closeUp);
    this.#change('ready', info);
    return client;
  }

  /**
   * Ask the worker until it answers; where there is none, do without.
   *
   * @template Answer
   * @param {(client: LadderClient) => Promise<Answer>} call asks it
   * @param {() => Answer | Promise<Answer>} without answers at the step of the server
   * @returns {Promise<Answer>}
   */
  async #use(call, without) {
    for (;;) {
      const running = this.#running();
      const client = await running;
      if (!client) return without();
      try {
        const answer = await call(client);
        this.#trust();
        // Null of a worker that was replaced meanwhile is no answer.
        if (answer !== null || this.#current === running) return answer;
      } catch (problem) {
        const wasReplaced = this.#current !== running && describeProblem(problem).code === 'disposed';
        if (!wasReplaced && !isDeath(problem)) throw problem;
        this.#bury(client, running, problem);
      }
    }
  }

  #trust() {
    this.#answers += 1;
    if (this.#answers >= TRUST) this.#deaths = 0;
  }

  /** @type {(phase: LadderState['phase'], info: DecoderInfo | null, problem?: string) => void} */
  #change(phase, info, problem = '') {
    this.#parts.onChange({ phase, step: this.#step, info, problem });
  }
}

/** How runtimes and browsers speak of it. */
const MEMORY = /out of memory|alloc|\bOOM\b|memory access|could not grow/i;

/** @type {(problem: unknown) => boolean} */
const isDeath = (problem) => DEATHS.has(describeProblem(problem).code);
