/** The one error of the decoder, on both sides of the worker. */

/** @import { DecoderErrorCode } from '../types.js' */

/** Something went wrong with the decoder, its input or its worker; `code` says what. */
export class DecoderError extends Error {
  /**
   * @param {DecoderErrorCode} code - Stable; programs look at it.
   * @param {string} message - What must hold, what was got, what to do.
   * @param {ErrorOptions} [options] - The cause, if there is one.
   */
  constructor(code, message, options) {
    super(message, options);
    this.name = 'DecoderError';
    this.code = code;
  }
}
