import { describe, expect, it } from 'vitest';
import { putReview, setAssignments, setSession, setUsers } from '../../../static/js/state/actions/team_actions.js';
import {
  NOBODY,
  assigneeOf,
  forMe,
  isMine,
  may,
  rejectedImages,
  reviewOf,
  targetOf,
} from '../../../static/js/state/team.js';
import { makeReview, makeSession, makeUser, storeWithImages } from '../session_builders.js';

describe('team', () => {
  it('lets everybody work until the server says who is there', () => {
    const state = { team: NOBODY };
    expect(['read', 'annotate', 'review', 'organise'].map((name) => may(state, /** @type {'read'} */ (name)))).toEqual([
      ...[true, true, true, true],
    ]);
    expect(may(state, 'manage_users')).toBe(false);
    expect(may(state, 'account')).toBe(false);
  });

  it('lets a person do what the server has said', () => {
    const state = { team: { ...NOBODY, permissions: /** @type {const} */ (['read']) } };
    expect(may(state, 'read')).toBe(true);
    expect(may(state, 'annotate')).toBe(false);
  });

  it('finds what was said about an image and about each of its objects', () => {
    const store = storeWithImages();
    store.apply(putReview(makeReview()));
    store.apply(putReview(makeReview({ id: 2, annotation_id: 7, verdict: 'accepted' })));
    store.apply(putReview(makeReview({ id: 3, annotation_id: 8, client_key: 'key' })));
    const ids = [null, 'a7', 'key', 'other'].map((objectKey) => reviewOf(store.get(), { imageId: 1, objectKey })?.id);
    expect(ids).toEqual([1, 2, 3, undefined]);
    expect(targetOf(makeReview({ annotation_id: 8, client_key: 'key' }))).toEqual({ imageId: 1, objectKey: 'key' });
  });

  it('counts what was rejected until it is mended', () => {
    const store = storeWithImages();
    store.apply(putReview(makeReview({ image_id: 1, annotation_id: 7 })));
    store.apply(putReview(makeReview({ image_id: 2, annotation_id: 8, is_outdated: true })));
    store.apply(putReview(makeReview({ image_id: 3, verdict: 'accepted' })));
    expect([...rejectedImages(store.get())]).toEqual([1]);
  });

  it('gives a person what is theirs, else what is nobody\u2019s', () => {
    const store = storeWithImages();
    const { images } = store.get();
    expect(forMe(store.get(), images)).toEqual(images);
    store.apply(setSession(makeSession('annotator')));
    store.apply(setUsers([makeUser(1), makeUser(2)]));
    store.apply(setAssignments([{ image_id: images[0].id, user_id: 2 }]));
    expect(forMe(store.get(), images)).toEqual(images.slice(1));
    expect(assigneeOf(store.get(), images[0])?.name).toBe('Person 2');
    store.apply(setAssignments([{ image_id: images[1].id, user_id: 1 }]));
    expect(forMe(store.get(), images)).toEqual([images[1]]);
    expect(images.map((image) => isMine(store.get(), image)).filter(Boolean)).toHaveLength(1);
  });
});
