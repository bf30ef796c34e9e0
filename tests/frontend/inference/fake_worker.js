/** A worker for tests: it remembers what it was asked and answers when the test says so. */

/** @import { WorkerRequest, WorkerResponse } from '../../../static/js/types.js' */

/** Stands in for a Worker. */
export class FakeWorker {
  /** @type {WorkerRequest[]} */
  requests = [];
  terminated = false;
  /** @type {((event: MessageEvent) => void) | null} */
  onmessage = null;
  /** @type {((event: ErrorEvent) => void) | null} */
  onerror = null;
  /** @type {((event: MessageEvent) => void) | null} */
  onmessageerror = null;

  /**
   * Take a request.
   *
   * @param {WorkerRequest} request - From the client.
   */
  postMessage(request) {
    this.requests.push(request);
  }

  /** Remember that the client stopped it. */
  terminate() {
    this.terminated = true;
  }

  /**
   * Find the newest request of a kind.
   *
   * @param {WorkerRequest['kind']} kind - What was asked.
   * @returns {WorkerRequest} The request.
   */
  last(kind) {
    const found = this.requests.filter((request) => request.kind === kind).at(-1);
    if (!found) throw new Error(`the worker was not asked for ${kind}`);
    return found;
  }

  /**
   * Answer the newest request of a kind.
   *
   * @param {WorkerRequest['kind']} kind - What was asked.
   * @param {{ result?: unknown, error?: { name: string, code: string, message: string } }} answer - Result or error.
   */
  answer(kind, { result = null, error }) {
    const { id } = this.last(kind);
    const response = /** @type {WorkerResponse} */ (error ? { id, ok: false, error } : { id, ok: true, result });
    this.onmessage?.(/** @type {MessageEvent} */ ({ data: response }));
  }

  /**
   * Die.
   *
   * @param {string} message - What the browser says about it.
   */
  die(message) {
    this.onerror?.(/** @type {ErrorEvent} */ ({ message }));
  }
}
