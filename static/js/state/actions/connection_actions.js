/** Whether the server answers. */

/** @import {Action} from '../state_types.js' */

/**
 * Say whether the server answers.
 *
 * @param {boolean} online false after a request without an answer
 * @returns {Action} an action on the page's state; notices that say it does not answer go when it does
 */
export function setOnline(online) {
  return (state) => {
    if (state.online === online) return state;
    const notices = online ? state.notices.filter(({ whileOffline }) => !whileOffline) : state.notices;
    return { ...state, online, notices };
  };
}
