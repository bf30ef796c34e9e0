/**
 * The order of the worker's tasks: one at a time, in the order of asking; what the pointer rests on comes after them, and
 * only its newest place counts. A click does not wait for the masks of the click before: it is let in between two of them.
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
   * @param {(request: WorkerRequest, pause: () => Promise<void>) => Promise<void>} parts.perform - Does a task and
   *   answers it; never rejects. While it awaits `pause`, what a click shows first may be performed.
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
      await this.#perform(next, () => this.#letIn());
      await this.#turn();
    }
    this.#isBusy = false;
  }

  /** Do what cannot wait for the end of the present task: the first answers to clicks on the same image. */
  async #letIn() {
    await this.#turn();
    while (this.#tasks[0]?.kind === 'preview') {
      await this.#perform(/** @type {WorkerRequest} */ (this.#tasks.shift()), async () => {});
      await this.#turn();
    }
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
