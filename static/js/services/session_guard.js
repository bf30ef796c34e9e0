/**
 * Holds requests back while nobody is signed in, or somebody else in another tab, and sends them again afterwards: a
 * session that ends loses no work, and no work goes out under a name that is not its maker's.
 */

import { SESSION_PATH } from '../api/session_api.js';

const UNAUTHORIZED = 401;

/** Names the person that the page believes to be signed in; the server refuses it to anybody else's session. */
const USER_HEADER = 'X-Maskwright-User';

/** @typedef {(path: string, init?: RequestInit) => Promise<Response>} Fetch */

/**
 * Make the guard.
 *
 * @param {object} parts what it works with
 * @param {Fetch} parts.fetchFrom sends a request
 * @param {() => number | null} parts.userId of who signed in on this page; null where nobody did: then a refusal is an
 *   answer like others
 * @param {() => void} parts.ask asks the person to sign in again
 * @returns {{fetchFrom: Fetch, resume: () => void}} `fetchFrom` sends a request, if need be a second time; `resume` says
 *   that somebody signed in
 */
export function createSessionGuard({ fetchFrom, userId, ask }) {
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
    const response = await fetchFrom(path, named(init, userId()));
    if (response.status !== UNAUTHORIZED || path === SESSION_PATH || userId() === null) return response;
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

/** @type {(init: RequestInit | undefined, userId: number | null) => RequestInit | undefined} */
function named(init, userId) {
  if (userId === null) return init;
  const headers = new Headers(init?.headers);
  headers.set(USER_HEADER, String(userId));
  return { ...init, headers };
}
