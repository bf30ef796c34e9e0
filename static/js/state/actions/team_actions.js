/** Who is signed in, and who else there is. */

/** @import {SessionJson, User} from '../../team_types.js' */
/** @import {Action} from '../state_types.js' */

/**
 * Say who is signed in.
 *
 * @param {SessionJson} session as the server tells it
 * @returns {Action} an action on the team; a role without drawing puts the drawing tools away
 */
export function setSession({ user, permissions }) {
  return (state) => ({
    ...state,
    team: { ...state.team, user, permissions },
    tool: permissions.includes('annotate') ? state.tool : 'select',
  });
}

/**
 * Show everybody who may sign in.
 *
 * @param {readonly User[]} users all of them
 * @returns {Action} an action on the team
 */
export function setUsers(users) {
  return (state) => ({ ...state, team: { ...state.team, users } });
}

/**
 * Add somebody, or replace who has the same id.
 *
 * @param {User} user as the server keeps them
 * @returns {Action} an action on the team
 */
export function putUser(user) {
  return (state) => {
    const { users } = state.team;
    const known = users.some(({ id }) => id === user.id);
    const next = known ? users.map((old) => (old.id === user.id ? user : old)) : [...users, user];
    return { ...state, team: { ...state.team, users: next } };
  };
}
