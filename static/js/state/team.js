/** Who works here, and what they may do. */

/** @import {PermissionName, Team} from '../team_types.js' */
/** @import {SessionState} from './state_types.js' */

/** @type {Team} what holds until the server has answered: the page never flashes what is then taken away */
export const NOBODY = Object.freeze({
  user: null,
  permissions: Object.freeze(/** @type {PermissionName[]} */ (['read', 'annotate', 'review', 'organise'])),
  users: Object.freeze([]),
});

/**
 * Say whether the person at this page may do something.
 *
 * @param {Pick<SessionState, 'team'>} state the session
 * @param {PermissionName} permission what shall be done
 * @returns {boolean} what the server will say too
 */
export function may({ team }, permission) {
  return team.permissions.includes(permission);
}
