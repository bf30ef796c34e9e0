/** Holds requests back while nobody is signed in, and sends them again afterwards: a session that ends loses no work. */

import { SESSION_PATH } from '../api/session_api.js';

const UNAUTHORIZED = 401;

/** @typedef {(path: string, init?: RequestInit) => Promise<Response>} Fetch */

/**
 * Make the guard.
 *
 * @param {object} parts what it works with
 * @param {Fetch} parts.fetchFrom sends a request
 * @param {() => boolean} parts.isSignedIn false where nobody was signed in: then a refusal is an answer like others
 * @param {() => void} parts.ask asks the person to sign in again
 * @returns {{fetchFrom: Fetch, resume: () => void}} `fetchFrom` sends a request, if need be a second time; `resume` says
 *   that somebody signed in
 */
export function createSessionGuard({ fetchFrom, isSignedIn, ask }) {
  /** @type {(() => void)[]} */
  let waiting = [];
  /** @type {() => Promise<void>} */
  const signedIn = () => {
    const wait = new Promise((/** @type {(value: void) => void} */ resolve) => {
      waiting.push(resolve);
    });
    if (waiting.length === 1) ask();
    return wait;
  };
  /** @type {Fetch} */
  const guarded = async (path, init) => {
    const response = await fetchFrom(path, init);
    if (response.status !== UNAUTHORIZED || path === SESSION_PATH || !isSignedIn()) return response;
    await signedIn();
    return guarded(path, init);
  };

  return {
    fetchFrom: guarded,
    resume() {
      const ready = waiting;
      waiting = [];
      for (const resolve of ready) resolve();
    },
  };
}
