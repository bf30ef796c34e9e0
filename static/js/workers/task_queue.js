/**
 * The order of the worker's tasks: one at a time, in the order of asking; what the pointer rests on comes after them, and
 * only its newest place counts.
 */

/** @import { WorkerRequest } from '../types.js' */

/** Holds requests until the worker is free. */
export class TaskQueue {
  /** @type {WorkerRequest[]} */
  #tasks = [];
  /** @type {WorkerRequest | null} */
  #hover = null;
  #isBusy = false;
  #perform;
  #drop;
  #turn;

  /**
   * @param {object} parts - What it works with.
   * @param {(request: WorkerRequest) => Promise<void>} parts.perform - Does a task and answers it; never rejects.
   * @param {(request: WorkerRequest) => void} parts.drop - Answers a request that is not wanted any more.
   * @param {() => Promise<void>} [parts.turn] - Lets messages in that came while a task ran.
   */
  constructor({ perform, drop, turn = messageTurn() }) {
    this.#perform = perform;
    this.#drop = drop;
    this.#turn = turn;
  }

  /**
   * Take a request.
   *
   * @param {WorkerRequest} request - From the page.
   */
  add(request) {
    // Another image leaves the place of the pointer without a meaning.
    if (request.kind === 'hover' || request.kind === 'setImage') {
      if (this.#hover) this.#drop(this.#hover);
      this.#hover = null;
    }
    if (request.kind === 'hover') this.#hover = request;
    else this.#tasks.push(request);
    if (!this.#isBusy) void this.#work();
  }

  async #work() {
    this.#isBusy = true;
    for (let next = this.#take(); next; next = this.#take()) {
      await this.#perform(next);
      await this.#turn();
    }
    this.#isBusy = false;
  }

  /** @returns {WorkerRequest | null} */
  #take() {
    const task = this.#tasks.shift();
    if (task) return task;
    const hover = this.#hover;
    this.#hover = null;
    return hover;
  }
}

/** @returns {() => Promise<void>} resolves after the messages that are there already */
function messageTurn() {
  const { port1, port2 } = new MessageChannel();
  /** @type {() => void} */
  let goOn = () => {};
  port1.onmessage = () => goOn();
  return () =>
    new Promise((resolve) => {
      goOn = resolve;
      port2.postMessage(null);
    });
}
