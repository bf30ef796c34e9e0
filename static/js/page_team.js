/** Connects the page with the people who use it: who is signed in, what they may do. */

/** @import {HttpClient} from './api/http_client.js' */
/** @import {ReportProblem} from './services/problem_report.js' */
/** @import {SessionStore} from './state/state_types.js' */

import { createHttpClient } from './api/http_client.js';
import { createSessionApi } from './api/session_api.js';
import { createTeamworkApi } from './api/teamwork_api.js';
import { createUsersApi } from './api/users_api.js';
import { createPresenceWatch } from './services/presence_watch.js';
import { guardByRole } from './services/role_guard.js';
import { createSessionGuard } from './services/session_guard.js';
import { createTeamBook } from './services/team_book.js';
import { createTeamworkBook } from './services/teamwork_book.js';

/**
 * Make what knows the people.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {{watched: (request: Promise<Response>) => Promise<Response>}} parts.connection notes what becomes of requests
 * @param {() => {serverIdOf: (key: string) => number | null}} parts.saver names the server's id of an object
 * @param {ReportProblem} parts.report shows problems
 * @returns {{http: HttpClient, start: () => Promise<void>, isKnown: () => Promise<boolean>, commands: ReturnType<typeof commandsOf>,
 *   guard: <T extends object>(commands: T) => T,
 *   complete: <T extends object>(commands: T) => T & ReturnType<typeof commandsOf>}} the client, whose requests wait
 *   while a session has ended; `start` learns who is signed in and follows the session, `isKnown` tries again if that failed
 *   and says whether it is known now, `guard` refuses what the role does not allow, `complete` adds the commands about people
 */
export function createTeam({ store, connection, saver, report }) {
  const guard = createSessionGuard({
    fetchFrom: (path, init) => connection.watched(fetch(path, init)),
    userId: () => store.get().team.user?.id ?? null,
    ask: () => book.ask(),
  });
  const http = createHttpClient(guard.fetchFrom);
  const book = createTeamBook({
    store,
    session: createSessionApi(http),
    users: createUsersApi(http),
    onSignedIn: guard.resume,
    leave: () => window.location.reload(),
    report,
  });
  const api = createTeamworkApi(http);
  const teamwork = createTeamworkBook({ store, api, serverIdOf: (key) => saver().serverIdOf(key), report });
  const presence = createPresenceWatch({ store, api });
  const commands = commandsOf(book, teamwork);
  let wasRead = false;
  const isKnown = async () => {
    wasRead ||= await book.read();
    return wasRead;
  };
  return {
    http,
    async start() {
      teamwork.start();
      presence.start();
      await isKnown();
    },
    isKnown,
    commands,
    guard: (others) => guardByRole(store, others),
    complete: (others) => guardByRole(store, { ...others, ...commands }),
  };
}

/**
 * @param {ReturnType<typeof createTeamBook>} book people
 * @param {ReturnType<typeof createTeamworkBook>} teamwork reviews and assignments
 */
function commandsOf({ signIn, signOut, changePassword, addUser, changeUser }, teamwork) {
  const { acceptReview, rejectReview, confirmReject, withdrawReview, assignImages } = teamwork;
  const reviewing = { acceptReview, rejectReview, confirmReject, withdrawReview, assignImages };
  return { signIn, signOut, changePassword, addUser, changeUser, ...reviewing };
}
