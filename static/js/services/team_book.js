/** Who is signed in, and the owner's list of people. */

/** @import {NewUserJson} from '../team_types.js' */
/** @import {SessionApi} from '../api/session_api.js' */
/** @import {UserChange, UsersApi} from '../api/users_api.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { putUser, setSession, setUsers } from '../state/actions/team_actions.js';
import { showDialog } from '../state/actions/view_actions.js';
import { phrase } from '../texts/texts.js';
import { describeProblem } from './problem_report.js';

/** @typedef {{code: string, message: string, hint: string}} Refusal */

/**
 * Make the book.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {SessionApi} parts.session signs in and out
 * @param {UsersApi} parts.users the list of people
 * @param {() => void} parts.onSignedIn the same person is signed in again
 * @param {() => void} parts.leave leaves the page: somebody else is signed in, or nobody
 * @param {ReportProblem} parts.report shows problems
 * @returns {{read: () => Promise<boolean>, ask: () => void,
 *   signIn: (name: string, password: string) => Promise<Refusal | null>, signOut: () => Promise<void>,
 *   changePassword: (password: string, newPassword: string) => Promise<Refusal | null>,
 *   addUser: (user: NewUserJson) => Promise<Refusal | null>,
 *   changeUser: (id: number, change: UserChange) => Promise<Refusal | null>}} the calls; a refusal is null when all went well
 */
export function createTeamBook({ store, session, users, onSignedIn, leave, report }) {
  /** @type {(call: () => Promise<void>) => Promise<Refusal | null>} */
  const attempt = async (call) => {
    try {
      await call();
      return null;
    } catch (problem) {
      return describeProblem(problem);
    }
  };
  const readUsers = async () => store.apply(setUsers(await users.list()));

  return {
    /** Learn who is signed in, and who else there is; false when the server could not say. */
    async read() {
      try {
        const found = await session.read();
        store.apply(setSession(found));
        if (found.has_accounts) await readUsers();
        return true;
      } catch (problem) {
        report(problem, phrase('who is signed in could not be read'));
        return false;
      }
    },
    /** Ask again for a password, because the session has ended. */
    ask: () => store.apply(showDialog('signIn')),
    signIn: (/** @type {string} */ name, /** @type {string} */ password) =>
      attempt(async () => {
        const earlier = store.get().team.user;
        const found = await session.signIn(name, password);
        // What is on this page is the other person's work, and must not be saved under this name.
        if (earlier && earlier.id !== found.user?.id) return leave();
        store.apply(setSession(found));
        store.apply(showDialog(null));
        onSignedIn();
      }),
    async signOut() {
      try {
        await session.signOut();
        leave();
      } catch (problem) {
        report(problem, phrase('you are still signed in'));
      }
    },
    changePassword: (/** @type {string} */ password, /** @type {string} */ newPassword) =>
      attempt(async () => store.apply(setSession(await session.changePassword(password, newPassword)))),
    addUser: (/** @type {NewUserJson} */ user) => attempt(async () => store.apply(putUser(await users.add(user)))),
    changeUser: (/** @type {number} */ id, /** @type {UserChange} */ change) =>
      attempt(async () => {
        store.apply(putUser(await users.change(id, change)));
        // Whoever changes their own role sees at once what it leaves them.
        if (id === store.get().team.user?.id) store.apply(setSession(await session.read()));
      }),
  };
}
