import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../../static/js/api/api_error.js';
import { createTeamBook } from '../../../static/js/services/team_book.js';
import { setSession } from '../../../static/js/state/actions/team_actions.js';
import { makeSession, makeUser, storeWithImages } from '../session_builders.js';

const REFUSED = new ApiError({ code: 'sign_in_failed', message: 'no', hint: 'try again' }, 401);

function bench() {
  const store = storeWithImages();
  const session = {
    read: vi.fn(async () => makeSession('owner')),
    signIn: vi.fn(async () => makeSession('owner')),
    signOut: vi.fn(async () => null),
    changePassword: vi.fn(async () => makeSession('owner')),
  };
  const users = {
    list: vi.fn(async () => [makeUser(1), makeUser(2)]),
    add: vi.fn(async () => makeUser(3)),
    change: vi.fn(async () => makeUser(2, { is_disabled: true })),
  };
  const told = { onSignedIn: vi.fn(), leave: vi.fn(), report: vi.fn() };
  return { store, session, users, ...told, book: createTeamBook({ store, session, users, ...told }) };
}

describe('team book', () => {
  it('reads who is signed in and who else there is', async () => {
    const { store, book } = bench();
    expect(await book.read()).toBe(true);
    expect(store.get().team.user?.id).toBe(1);
    expect(store.get().team.users).toHaveLength(2);
  });

  it('asks a server without accounts for nobody else', async () => {
    const { session, users, store, book } = bench();
    session.read.mockResolvedValue({ has_accounts: false, user: null, permissions: ['read', 'annotate'] });
    await book.read();
    expect(users.list).not.toHaveBeenCalled();
    expect(store.get().team.user).toBeNull();
  });

  it('says why nobody could be read', async () => {
    const { session, report, book } = bench();
    session.read.mockRejectedValue(REFUSED);
    expect(await book.read()).toBe(false);
    expect(report).toHaveBeenCalledExactlyOnceWith(REFUSED, 'who is signed in could not be read');
  });

  it('goes on when the same person signs in again', async () => {
    const { store, book, onSignedIn, leave } = bench();
    store.apply(setSession(makeSession('owner')));
    book.ask();
    expect(store.get().dialog).toBe('signIn');
    expect(await book.signIn('Person 1', 'secret')).toBeNull();
    expect(store.get().dialog).toBeNull();
    expect(onSignedIn).toHaveBeenCalledOnce();
    expect(leave).not.toHaveBeenCalled();
  });

  it('leaves the page when somebody else signs in: the work on it is not theirs', async () => {
    const { store, session, book, onSignedIn, leave } = bench();
    store.apply(setSession(makeSession('owner')));
    session.signIn.mockResolvedValue({ ...makeSession('reader'), user: makeUser(9) });
    expect(await book.signIn('Person 9', 'secret')).toBeNull();
    expect(leave).toHaveBeenCalledOnce();
    expect(onSignedIn).not.toHaveBeenCalled();
  });

  it('gives what was refused', async () => {
    const { session, book } = bench();
    session.signIn.mockRejectedValue(REFUSED);
    expect(await book.signIn('Ada', 'x')).toEqual({ code: 'sign_in_failed', message: 'no', hint: 'try again' });
  });

  it('leaves the page after signing out, and stays when that failed', async () => {
    const { session, book, leave, report } = bench();
    session.signOut.mockRejectedValueOnce(REFUSED);
    await book.signOut();
    expect(report).toHaveBeenCalledOnce();
    expect(leave).not.toHaveBeenCalled();
    await book.signOut();
    expect(leave).toHaveBeenCalledOnce();
  });

  it('adds and changes people, and reads its own role anew', async () => {
    const { store, session, users, book } = bench();
    await book.read();
    expect(await book.addUser({ name: 'C', password: 'secret', role: 'reader' })).toBeNull();
    expect(await book.changeUser(2, { is_disabled: true })).toBeNull();
    expect(store.get().team.users.map(({ id, is_disabled: out }) => [id, out])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(session.read).toHaveBeenCalledOnce();
    users.change.mockResolvedValue(makeUser(1, { role: 'reader' }));
    session.read.mockResolvedValue(makeSession('reader'));
    await book.changeUser(1, { role: 'reader' });
    expect(store.get().team.permissions).not.toContain('organise');
  });

  it('changes the own password', async () => {
    const { session, book } = bench();
    expect(await book.changePassword('old', 'new')).toBeNull();
    expect(session.changePassword).toHaveBeenCalledExactlyOnceWith('old', 'new');
  });
});
