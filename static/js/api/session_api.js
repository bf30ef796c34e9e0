/** Signing in and out, and one's own password. */

/** @import {SessionJson} from '../team_types.js' */
/** @import {HttpClient} from './http_client.js' */

/** The address of the session; what is asked there never waits for somebody to sign in. */
export const SESSION_PATH = '/api/session';

/**
 * @typedef {object} SessionApi
 * @property {() => Promise<SessionJson>} read says who is signed in
 * @property {(name: string, password: string) => Promise<SessionJson>} signIn begins a session
 * @property {() => Promise<unknown>} signOut ends it
 * @property {(password: string, newPassword: string) => Promise<SessionJson>} changePassword changes one's own password
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {SessionApi} the calls; they reject as the client does
 */
export function createSessionApi(http) {
  return {
    read: async () => /** @type {SessionJson} */ (await http.get(SESSION_PATH)),
    signIn: async (name, password) => /** @type {SessionJson} */ (await http.post(SESSION_PATH, { name, password })),
    signOut: () => http.remove(SESSION_PATH),
    changePassword: async (password, newPassword) =>
      /** @type {SessionJson} */ (await http.patch(SESSION_PATH, { password, new_password: newPassword })),
  };
}
