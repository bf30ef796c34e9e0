/** A client that writes down its calls and gives prepared answers. */

/** @import {HttpClient} from '../../../static/js/api/http_client.js' */

/**
 * Make the client.
 *
 * @param {unknown} [answer] what every call gives
 * @returns {{calls: unknown[][], http: HttpClient}} the record and the client
 */
export function fakeHttp(answer = {}) {
  /** @type {unknown[][]} */
  const calls = [];
  /** @type {(name: string) => (...values: unknown[]) => Promise<never>} */
  const note =
    (name) =>
    async (...values) => {
      calls.push([name, ...values]);
      return /** @type {never} */ (answer);
    };
  return {
    calls,
    http: {
      get: note('get'),
      post: note('post'),
      put: note('put'),
      patch: note('patch'),
      remove: note('remove'),
      getBytes: note('getBytes'),
      getBlob: note('getBlob'),
    },
  };
}
