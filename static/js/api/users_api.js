/** People who may sign in. */

/** @import {NewUserJson, RoleName, UserJson, UserListJson} from '../team_types.js' */
/** @import {HttpClient} from './http_client.js' */

/** @typedef {{role?: RoleName, is_disabled?: boolean, password?: string}} UserChange */

/**
 * @typedef {object} UsersApi
 * @property {() => Promise<UserJson[]>} list lists everybody, disabled ones included
 * @property {(user: NewUserJson) => Promise<UserJson>} add adds somebody
 * @property {(id: number, change: UserChange) => Promise<UserJson>} change gives another role or password, disables, enables
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {UsersApi} the calls; they reject as the client does
 */
export function createUsersApi(http) {
  return {
    list: async () => /** @type {UserListJson} */ (await http.get('/api/users')).users,
    add: async (user) => /** @type {UserJson} */ (await http.post('/api/users', user)),
    change: async (id, change) => /** @type {UserJson} */ (await http.patch(`/api/users/${id}`, change)),
  };
}
