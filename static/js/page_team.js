/** Connects the page with the people who use it: who is signed in, what they may do. */

/** @import {HttpClient} from './api/http_client.js' */
/** @import {ReportProblem} from './services/problem_report.js' */
/** @import {SessionStore} from './state/state_types.js' */

import { createHttpClient } from './api/http_client.js';
import { createSessionApi } from './api/session_api.js';
import { createUsersApi } from './api/users_api.js';
import { guardByRole } from './services/role_guard.js';
import { createSessionGuard } from './services/session_guard.js';
import { createTeamBook } from './services/team_book.js';

/**
 * Make what knows the people.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {{watched: (request: Promise<Response>) => Promise<Response>}} parts.connection notes what becomes of requests
 * @param {ReportProblem} parts.report shows problems
 * @returns {{http: HttpClient, read: () => Promise<void>, commands: ReturnType<typeof commandsOf>,
 *   guard: <T extends object>(commands: T) => T,
 *   complete: <T extends object>(commands: T) => T & ReturnType<typeof commandsOf>}} the client, whose requests wait
 *   while a session has ended; `read` learns who is signed in, `guard` refuses what the role does not allow, `complete`
 *   adds the commands about people
 */
export function createTeam({ store, connection, report }) {
  const guard = createSessionGuard({
    fetchFrom: (path, init) => connection.watched(fetch(path, init)),
    isSignedIn: () => store.get().team.user !== null,
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
  const commands = commandsOf(book);
  return {
    http,
    read: book.read,
    commands,
    guard: (others) => guardByRole(store, others),
    complete: (others) => guardByRole(store, { ...others, ...commands }),
  };
}

/** @param {ReturnType<typeof createTeamBook>} book what does it */
function commandsOf({ signIn, signOut, changePassword, addUser, changeUser }) {
  return { signIn, signOut, changePassword, addUser, changeUser };
}
