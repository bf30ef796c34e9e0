import { describe, expect, it } from 'vitest';
import { createUsersApi } from '../../../static/js/api/users_api.js';
import { fakeHttp } from './fake_http.js';

describe('users api', () => {
  it('lists, adds and changes', async () => {
    const { calls, http } = fakeHttp({ users: [] });
    const api = createUsersApi(http);
    expect(await api.list()).toEqual([]);
    await api.add({ name: 'Ben', password: 'secret', role: 'reader' });
    await api.change(2, { is_disabled: true });
    expect(calls).toEqual([
      ['get', '/api/users'],
      ['post', '/api/users', { name: 'Ben', password: 'secret', role: 'reader' }],
      ['patch', '/api/users/2', { is_disabled: true }],
    ]);
  });
});
