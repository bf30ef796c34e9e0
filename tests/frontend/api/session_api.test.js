import { describe, expect, it } from 'vitest';
import { createSessionApi } from '../../../static/js/api/session_api.js';
import { fakeHttp } from './fake_http.js';

describe('session api', () => {
  it('reads, signs in and out, and changes the password', async () => {
    const { calls, http } = fakeHttp({ has_accounts: true });
    const api = createSessionApi(http);
    expect(await api.read()).toEqual({ has_accounts: true });
    await api.signIn('Ada', 'secret');
    await api.changePassword('secret', 'another');
    await api.signOut();
    expect(calls).toEqual([
      ['get', '/api/session'],
      ['post', '/api/session', { name: 'Ada', password: 'secret' }],
      ['patch', '/api/session', { password: 'secret', new_password: 'another' }],
      ['remove', '/api/session'],
    ]);
  });
});
