/** What goes wrong between the page and the server: the server refused, or it could not be reached. */

/** @import {AnnotationJson, ErrorJson} from '../types.js' */

/** The server answered with an error. Its code is stable; message and hint are for the annotator. */
export class ApiError extends Error {
  /**
   * @param {ErrorJson} error the server's own words
   * @param {number} status HTTP status
   * @param {AnnotationJson | null} [current] what is saved instead, where the server says it
   */
  constructor({ code, message, hint }, status, current = null) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.hint = hint;
    this.status = status;
    this.current = current;
  }
}

/** No answer came: the server is not running or the network is down. Trying again later may help. */
export class NetworkError extends Error {
  /** @param {unknown} cause what the browser says */
  constructor(cause) {
    super('the server must be reachable, got no answer', { cause });
    this.name = 'NetworkError';
    this.code = 'server_unreachable';
    this.hint = 'check that the server is running; unsaved work stays in this page and is sent again by itself';
  }
}

/**
 * Read the error out of a refused response, whatever it holds.
 *
 * @param {Response} response a response with a status of 400 or more
 * @returns {Promise<ApiError>} the error; a general one when the body does not have the shape of the API
 */
export async function readApiError(response) {
  const body = await response.json().catch(() => null);
  const error = body?.error;
  if (typeof error?.code === 'string' && typeof error.message === 'string') {
    const { code, message, hint = '' } = error;
    return new ApiError({ code, message, hint }, response.status, body.current ?? null);
  }
  const message = `the server must answer with an error of its own, got status ${response.status}`;
  return new ApiError(
    { code: 'unexpected_response', message, hint: 'look into the log of the server' },
    response.status,
  );
}
