/** Whether the server answers. */

/** @import {Action} from '../state_types.js' */

/**
 * Say whether the server answers.
 *
 * @param {boolean} online false after a request without an answer
 * @returns {Action} an action on the page's state
 */
export function setOnline(online) {
  return (state) => (state.online === online ? state : { ...state, online });
}
