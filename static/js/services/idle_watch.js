/** Knows when a person rests, so that the page can do what would be in the way otherwise. */

/** Without a sign for so long, in milliseconds, a person rests. */
const QUIET = 3000;

/**
 * @typedef {object} IdleWatch
 * @property {() => void} note a key was pressed or the pointer moved
 * @property {() => Promise<void>} whenIdle resolves when the person rests; at once if so already
 */

/**
 * Make the watch.
 *
 * @param {object} [clock] what it tells the time by
 * @param {() => number} [clock.now] milliseconds
 * @param {(pause: number) => Promise<unknown>} [clock.wait] waits some milliseconds
 * @returns {IdleWatch} the watch; it takes its making for a sign
 */
export function createIdleWatch({ now = () => performance.now(), wait = waitFor } = {}) {
  let last = now();
  return {
    note() {
      last = now();
    },
    async whenIdle() {
      for (let rest = last + QUIET - now(); rest > 0; rest = last + QUIET - now()) await wait(rest);
    },
  };
}

/** @type {(pause: number) => Promise<void>} */
const waitFor = (pause) => new Promise((resolve) => setTimeout(resolve, pause));
