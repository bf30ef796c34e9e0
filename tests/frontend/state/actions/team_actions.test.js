import { describe, expect, it } from 'vitest';
import {
  putReview,
  putUser,
  setAssignments,
  setOthers,
  setRejecting,
  setSession,
  setTeamwork,
  setUsers,
} from '../../../../static/js/state/actions/team_actions.js';
import { makeReview, makeSession, makeUser, storeWithImages } from '../../session_builders.js';

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

  it('show what was read, and what is said since', () => {
    const store = storeWithImages();
    store.apply(setTeamwork({ reviews: [makeReview()], assignments: [{ image_id: 1, user_id: 2 }] }));
    expect(store.get().team).toMatchObject({ reviews: { 1: { id: 1 } }, assignments: { 1: 2 } });
    store.apply(putReview(makeReview({ id: 2, verdict: 'accepted' })));
    expect(Object.values(store.get().team.reviews).map(({ id }) => id)).toEqual([2]);
    store.apply(putReview(makeReview({ id: 3, verdict: 'withdrawn' })));
    expect(store.get().team.reviews).toEqual({});
    store.apply(setAssignments([]));
    expect(store.get().team.assignments).toEqual({});
  });

  it('name the others on the image, and change nothing for the same names', () => {
    const store = storeWithImages();
    store.apply(setOthers(['Ben']));
    const before = store.get();
    store.apply(setOthers(['Ben']));
    expect(store.get()).toBe(before);
    expect(before.team.others).toEqual(['Ben']);
  });

  it('open and close the question why', () => {
    const store = storeWithImages();
    store.apply(setRejecting({ imageId: 1, objectKey: null }));
    expect(store.get().dialog).toBe('reject');
    store.apply(setRejecting(null));
    expect(store.get()).toMatchObject({ dialog: null, team: { rejecting: null } });
  });
});
