/** The page's side of the decoder: starts the worker, asks it, and lets only the newest answer through. */

import { DecoderError } from './decoder_error.js';
import { LatestOnly } from './latest_only.js';
import { errorFromMessage } from './messages.js';

/**
 * @import {
 *   Contours, DecodeRequest, ExactMask, LogitsPlacement, DecodeResult, DecoderInfo, DecoderSetup, MaskReading, ModelJson, Rle,
 *   Size, WorkerResponse, WorkerResults, WorkerTask,
 * } from '../types.js'
 */

/** The worker's own choice. */
const ANY_SETUP = /** @type {DecoderSetup} */ (Object.freeze({ provider: 'wasm', threads: null, failure: null }));

/** A worker that says nothing for so many seconds, while it is asked for masks, hangs: a thread of it may have died. */
const PATIENCE_SECONDS = 20;

/** What a worker says that never started: the browser gives no reason. */
const NOT_STARTED = 'its script did not start (are the browser packages installed?)';

/** Outlines asked for at one time go to the worker together, this many in a message: a click may come between two. */
const TRACED_TOGETHER = 1000;

/** @typedef {{ rle: Rle, resolve: (contours: Contours) => void, reject: (error: unknown) => void }} TraceWish */

/** @typedef {{ resolve: (result: WorkerResults[keyof WorkerResults]) => void, reject: (error: DecoderError) => void, hasPatience: boolean }} PendingAnswer */

/** What the client needs of a worker; tests give a fake. */
/** @typedef {Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>} WorkerLike */

/**
 * Talks to one decoder worker. All errors are `DecoderError`s; a worker that died, which includes one that hangs, can be
 * replaced by calling `load` again, followed by `setImage`.
 */
export class DecoderClient {
  /** @type {WorkerLike | null} */
  #worker = null;
  /** @type {Map<number, PendingAnswer>} */
  #pending = new Map();
  #lastId = 0;
  /** @type {string | null} */
  #imageId = null;
  /** @type {LatestOnly<WorkerTask & { kind: 'decode' }, WorkerResults['decode']>} */
  #decodes = new LatestOnly((task) => this.#ask(task));
  /** @type {TraceWish[]} */
  #toTrace = [];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #clock;
  #silentSeconds = 0;
  #createWorker;
  #onLost;

  /**
   * @param {object} options - How to start.
   * @param {string | URL} options.workerUrl - Of workers/decoder_worker.js.
   * @param {(error: DecoderError) => void} [options.onLost] - Told when the worker died, also if nobody waits for it.
   * @param {(url: string | URL) => WorkerLike} [options.createWorker] - Starts the worker; tests replace it.
   */
  constructor({ workerUrl, onLost = () => {}, createWorker = (url) => new Worker(url, { type: 'module' }) }) {
    this.#createWorker = () => createWorker(workerUrl);
    this.#onLost = onLost;
  }

  /**
   * Start the worker and load the model's decoder into it. An earlier worker is stopped and its image forgotten.
   *
   * @param {ModelJson} model - As the server describes it.
   * @param {DecoderSetup} [setup] - What it should run on.
   * @returns {Promise<DecoderInfo>} How the decoder runs in this browser.
   * @throws {DecoderError} If the decoder cannot be fetched or started.
   */
  async load(model, setup = ANY_SETUP) {
    this.#stop(new DecoderError('disposed', 'decoder was loaded again before it answered'));
    this.#startWorker();
    const decoderUrl = new URL(model.decoder_url, globalThis.location?.href).href;
    return this.#ask({ kind: 'load', model, decoderUrl, setup });
  }

  /**
   * Take the next image. Answers for the earlier one that are still under way come back as null.
   *
   * @param {object} image - What the worker needs to know of it.
   * @param {string} image.imageId - Names the image in later requests.
   * @param {ArrayBuffer} image.embedding - As the server sent it; copied, so the caller may keep it.
   * @param {Size} image.imageSize - Of the upright image.
   * @returns {Promise<void>} Ready for prompts.
   * @throws {DecoderError} Code "model_mismatch" if another encoder made the embedding, "embedding_invalid" if it cannot be
   *   read or belongs to an image of another size.
   */
  async setImage({ imageId, embedding, imageSize }) {
    this.#decodes.cancel();
    this.#imageId = imageId;
    await this.#ask({ kind: 'setImage', imageId, embedding, imageSize });
  }

  /**
   * Take the embedding of a part of the current image, in place of an earlier part.
   *
   * @param {object} part - What the worker needs to know of it.
   * @param {ArrayBuffer} part.embedding - As the server sent it; copied, so the caller may keep it.
   * @param {Size} part.imageSize - Of the whole upright image.
   * @returns {Promise<void>} Ready for prompts that name the part.
   * @throws {DecoderError} As `setImage`; also code "image_not_set" if there is no image.
   */
  async setCloseUp({ embedding, imageSize }) {
    const imageId = this.#imageId;
    if (imageId === null)
      throw new DecoderError('image_not_set', 'image must be set before a part of it; open it first');
    await this.#ask({ kind: 'setCloseUp', imageId, embedding, imageSize });
  }

  /**
   * Find the mask for a prompt on the current image.
   *
   * @param {DecodeRequest} request - Points and box in image pixels, and the logits to correct or null.
   * @returns {Promise<DecodeResult | null>} Best candidate first; null if a newer request or image overtook this one.
   * @throws {DecoderError} If there is no image, the prompt is not usable, or the decoder failed.
   */
  async decode({ points, box, previousLogits, threshold = null, crop = null }) {
    if (this.#imageId === null) {
      throw new DecoderError('image_not_set', 'image must be set before prompts can be answered; open an image first');
    }
    const start = performance.now();
    const request = { points, box, previousLogits, threshold, crop };
    const answer = await this.#decodes.submit({ kind: 'decode', imageId: this.#imageId, request });
    return answer && { ...answer, totalMs: performance.now() - start };
  }

  /**
   * Find the mask for a prompt as logits, sooner than `decode`. Nothing is overtaken here.
   *
   * @param {DecodeRequest} request - Points and box in image pixels, and the logits to correct or null.
   * @returns {Promise<MaskReading[] | null>} What `decode` would offer, in the same order; null if there is no
   *   image, or another one by now.
   * @throws {DecoderError} If the prompt is not usable, or the decoder failed.
   */
  async preview({ points, box, previousLogits, threshold = null, crop = null }) {
    const imageId = this.#imageId;
    if (imageId === null) return null;
    const answer = await this.#ask({
      kind: 'preview',
      imageId,
      request: { points, box, previousLogits, threshold, crop },
    });
    return this.#imageId === imageId ? answer : null;
  }

  /**
   * Find the mask under the pointer. Ask as often as it moves: what it left behind is dropped, and prompts go first.
   *
   * @param {DecodeRequest} request - Points and box in image pixels, and the logits to correct or null.
   * @returns {Promise<MaskReading[] | null>} As `preview`; also null if a newer one overtook it.
   * @throws {DecoderError} If the prompt is not usable, or the decoder failed.
   */
  async hover({ points, box, previousLogits, threshold = null, crop = null }) {
    const imageId = this.#imageId;
    if (imageId === null) return null;
    const answer = await this.#ask({
      kind: 'hover',
      imageId,
      request: { points, box, previousLogits, threshold, crop },
    });
    return this.#imageId === imageId ? answer : null;
  }

  /**
   * Make the exact mask of logits, off the page's thread.
   *
   * @param {Float32Array} logits - Low-resolution logits, side * side values; copied.
   * @param {number} side - Of the square of logits.
   * @param {LogitsPlacement} placement - The sizes between logits and image, and the threshold.
   * @returns {Promise<ExactMask>} Equal to that of the reference, bit for bit.
   * @throws {DecoderError} If the logits are not a square of that side.
   */
  exactMask(logits, side, placement) {
    return this.#ask({ kind: 'exactMask', logits, side, placement });
  }

  /**
   * Trace the outline of a kept mask, off the page's thread.
   *
   * @param {Rle} rle - The mask.
   * @returns {Promise<Contours>} In image pixels.
   * @throws {DecoderError} Code "rle_invalid" if the run lengths do not fit the size.
   */
  traceRle(rle) {
    return new Promise((resolve, reject) => {
      if (this.#toTrace.length === 0) queueMicrotask(() => this.#traceAll());
      this.#toTrace.push({ rle, resolve, reject });
    });
  }

  /** Stop the worker. Requests that wait are refused, decodes answer null. */
  dispose() {
    this.#stop(new DecoderError('disposed', 'decoder was stopped before it answered'));
  }

  #traceAll() {
    const wishes = this.#toTrace;
    this.#toTrace = [];
    for (let at = 0; at < wishes.length; at += TRACED_TOGETHER) {
      void this.#trace(wishes.slice(at, at + TRACED_TOGETHER));
    }
  }

  /** @param {readonly TraceWish[]} wishes */
  async #trace(wishes) {
    try {
      const answers = await this.#ask({ kind: 'traceRles', rles: wishes.map(({ rle }) => rle) });
      wishes.forEach(({ resolve, reject }, index) => {
        const answer = answers[index];
        if ('points' in answer) resolve(answer);
        else reject(errorFromMessage(answer));
      });
    } catch (error) {
      for (const { reject } of wishes) reject(error);
    }
  }

  /**
   * @template {WorkerTask['kind']} Kind
   * @param {WorkerTask & { kind: Kind }} task
   * @returns {Promise<WorkerResults[Kind]>}
   */
  #ask(task) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new DecoderError('decoder_not_loaded', 'decoder must be loaded before it is asked; call load first'));
        return;
      }
      this.#lastId += 1;
      // The worker answers a request with the result of its kind, which the map of all kinds cannot say.
      const settle = { resolve: /** @type {PendingAnswer['resolve']} */ (resolve), reject };
      // Fetching the decoder takes as long as the network does.
      this.#pending.set(this.#lastId, { ...settle, hasPatience: task.kind === 'load' });
      this.#worker.postMessage({ ...task, id: this.#lastId });
    });
  }

  #startWorker() {
    const worker = this.#createWorker();
    worker.onmessage = (event) => this.#settle(event.data);
    worker.onerror = (event) => this.#lose(event.message || NOT_STARTED);
    worker.onmessageerror = () => this.#lose('a message could not be read');
    this.#worker = worker;
    this.#silentSeconds = 0;
    this.#clock = setInterval(() => this.#tick(), 1000);
  }

  /** Counts seconds rather than comparing times: a page that slept has not waited. */
  #tick() {
    const isAsked = [...this.#pending.values()].some(({ hasPatience }) => !hasPatience);
    this.#silentSeconds = isAsked ? this.#silentSeconds + 1 : 0;
    if (this.#silentSeconds >= PATIENCE_SECONDS) this.#lose(`it has not answered for ${PATIENCE_SECONDS} s`);
  }

  /** @param {WorkerResponse} response */
  #settle(response) {
    this.#silentSeconds = 0;
    const answer = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if (response.ok) answer?.resolve(response.result);
    else answer?.reject(errorFromMessage(response.error));
  }

  /** @param {string} reason */
  #lose(reason) {
    const error = new DecoderError('decoder_lost', `decoder worker must keep running, but it ended: ${reason}`);
    this.#stop(error, { keepDecodes: true });
    this.#onLost(error);
  }

  /**
   * @param {DecoderError} error - What requests that wait are refused with.
   * @param {{ keepDecodes?: boolean }} options - Whether a running decode gets the error instead of null.
   */
  #stop(error, { keepDecodes = false } = {}) {
    if (!keepDecodes) this.#decodes.cancel();
    clearInterval(this.#clock);
    this.#worker?.terminate();
    this.#worker = null;
    this.#imageId = null;
    const waiting = [...this.#pending.values(), ...this.#toTrace];
    this.#pending.clear();
    this.#toTrace = [];
    for (const { reject } of waiting) reject(error);
  }
}
