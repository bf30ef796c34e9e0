/** Runs one request at a time; the newest one waits, and all older ones are dropped. */

/**
 * @template Request, Result
 * @typedef {{ request: Request, resolve: (result: Result | null) => void, reject: (error: unknown) => void }} Job
 */

/**
 * A place for one request in flight and one waiting. A request that a newer one overtakes answers null at once, whether
 * it was waiting or already running; what it still brings is dropped.
 *
 * @template Request, Result
 */
export class LatestOnly {
  /** @type {(request: Request) => Promise<Result>} */
  #run;
  /** @type {Job<Request, Result> | null} */
  #running = null;
  /** @type {Job<Request, Result> | null} */
  #waiting = null;

  /** @param {(request: Request) => Promise<Result>} run - Does the work; never called again before it has ended. */
  constructor(run) {
    this.#run = run;
  }

  /**
   * Ask for the newest result.
   *
   * @param {Request} request - Passed on as it is.
   * @returns {Promise<Result | null>} The result, or null if a newer request or `cancel` came first.
   */
  submit(request) {
    return new Promise((resolve, reject) => {
      this.cancel();
      const job = { request, resolve, reject };
      if (this.#running) this.#waiting = job;
      else this.#start(job);
    });
  }

  /** Drop the request that is running and the one that waits; both answer null. */
  cancel() {
    this.#running?.resolve(null);
    this.#waiting?.resolve(null);
    this.#waiting = null;
  }

  /** @param {Job<Request, Result>} job */
  async #start(job) {
    this.#running = job;
    try {
      job.resolve(await this.#run(job.request));
    } catch (error) {
      job.reject(error);
    }
    this.#running = null;
    const next = this.#waiting;
    this.#waiting = null;
    if (next) this.#start(next);
  }
}
