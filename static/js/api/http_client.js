/** The one place that calls `fetch`. */

import { NetworkError, readApiError } from './api_error.js';

/** @typedef {Pick<RequestInit, 'signal' | 'cache'>} ReadInit */

/**
 * @typedef {object} HttpClient
 * @property {(path: string) => Promise<unknown>} get reads JSON
 * @property {(path: string, body?: unknown) => Promise<unknown>} post sends JSON, or a form, and reads JSON
 * @property {(path: string, body: unknown) => Promise<unknown>} put sends JSON and reads JSON
 * @property {(path: string, body: unknown, revision?: number | null) => Promise<unknown>} patch sends JSON and reads JSON;
 *   refused when another revision is saved
 * @property {(path: string, revision?: number | null) => Promise<unknown>} remove deletes; gives JSON or null; refused
 *   when another revision is saved
 * @property {(path: string, init?: ReadInit) => Promise<ArrayBuffer>} getBytes reads bytes
 * @property {(path: string) => Promise<Blob>} getBlob reads a file
 */

/**
 * Make the client.
 *
 * @param {(path: string, init?: RequestInit) => Promise<Response>} fetchFrom `fetch`, or what a test puts in its place
 * @returns {HttpClient} every method rejects with `ApiError` when the server refuses and with `NetworkError` when it
 *   cannot be reached; what a signal cancels rejects with the reason of the signal
 */
export function createHttpClient(fetchFrom) {
  /** @type {(path: string, init: RequestInit) => Promise<Response>} */
  const request = async (path, init) => {
    const response = await fetchFrom(path, init).catch((cause) => {
      throw isCancelled(init) ? cause : new NetworkError(cause);
    });
    if (!response.ok) throw await readApiError(response);
    return response;
  };
  /** @type {<T>(read: Promise<T>, init?: RequestInit) => Promise<T>} */
  const readBody = (read, init = {}) =>
    read.catch((cause) => {
      throw isCancelled(init) ? cause : new NetworkError(cause);
    });
  /** @type {(method: string, path: string, body?: unknown, revision?: number | null) => Promise<unknown>} */
  const requestJson = async (method, path, body, revision = null) => {
    /** @type {{method: string, body?: BodyInit, headers?: Record<string, string>}} */
    const init = { method, ...encodeBody(body) };
    if (revision !== null) init.headers = { ...init.headers, 'If-Match': `"${revision}"` };
    const response = await request(path, init);
    if (response.status === 204) return null;
    return readBody(response.json());
  };

  return {
    get: (path) => requestJson('GET', path),
    post: (path, body) => requestJson('POST', path, body),
    put: (path, body) => requestJson('PUT', path, body),
    patch: (path, body, revision) => requestJson('PATCH', path, body, revision),
    remove: (path, revision) => requestJson('DELETE', path, undefined, revision),
    getBytes: async (path, init = {}) => readBody((await request(path, init)).arrayBuffer(), init),
    getBlob: async (path) => readBody((await request(path, {})).blob()),
  };
}

/** @type {(init: RequestInit) => boolean} */
const isCancelled = ({ signal }) => signal?.aborted === true;

/**
 * @param {unknown} body JSON value, form, or nothing
 * @returns {{body?: BodyInit, headers?: Record<string, string>}} the parts of the request
 */
function encodeBody(body) {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}
