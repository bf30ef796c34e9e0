import { describe, expect, it } from 'vitest';
import { putUser, setSession, setUsers } from '../../../../static/js/state/actions/team_actions.js';
import { makeSession, makeUser, storeWithImages } from '../../session_builders.js';

describe('team actions', () => {
  it('say who is signed in', () => {
    const store = storeWithImages();
    store.apply(setSession(makeSession('annotator')));
    expect(store.get().team).toMatchObject({
      user: { role: 'annotator' },
      permissions: expect.arrayContaining(['annotate']),
    });
    expect(store.get().tool).toBe('point');
  });

  it('put the drawing tools away from somebody who only reads', () => {
    const store = storeWithImages();
    store.apply(setSession(makeSession('reader')));
    expect(store.get().tool).toBe('select');
  });

  it('keep the list of people', () => {
    const store = storeWithImages();
    store.apply(setUsers([makeUser(1), makeUser(2)]));
    store.apply(putUser(makeUser(2, { role: 'reader' })));
    store.apply(putUser(makeUser(3)));
    expect(store.get().team.users.map(({ id, role }) => [id, role])).toEqual([
      [1, 'owner'],
      [2, 'reader'],
      [3, 'owner'],
    ]);
  });
});
