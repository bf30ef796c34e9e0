import { describe, expect, it, vi } from 'vitest';
import { createTeamworkBook, targetAtHand } from '../../../static/js/services/teamwork_book.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { enterProject } from '../../../static/js/state/actions/project_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { setSession } from '../../../static/js/state/actions/team_actions.js';
import { makeReview, makeSession, settle, storeWithImages } from '../session_builders.js';

function bench() {
  const store = storeWithImages();
  store.apply(enterProject(1));
  const api = {
    read: vi.fn(async () => ({ reviews: [makeReview()], assignments: [] })),
    review: vi.fn(async (/** @type {number} */ id, /** @type {object} */ review) => ({
      review: makeReview({ id: 5, image_id: id, client_key: 'kept', ...review }),
      image_state: /** @type {const} */ ('in_work'),
    })),
    assign: vi.fn(async () => [{ image_id: 1, user_id: 2 }]),
    here: vi.fn(),
    leave: vi.fn(),
  };
  const report = vi.fn();
  const serverIdOf = (/** @type {string} */ key) => (key === 'kept' ? 7 : null);
  return { store, api, report, book: createTeamworkBook({ store, api, serverIdOf, report }) };
}

describe('teamwork book', () => {
  it('reads once somebody is signed in, and when another image is opened', async () => {
    const { store, api, book } = bench();
    book.start();
    store.apply(openImage(2));
    expect(api.read).not.toHaveBeenCalled();
    store.apply(setSession(makeSession('reviewer')));
    await settle();
    expect(api.read).toHaveBeenCalledExactlyOnceWith(1);
    expect(Object.keys(store.get().team.reviews)).toEqual(['1']);
    store.apply(openImage(1));
    expect(api.read).toHaveBeenCalledTimes(2);
    store.apply(selectObjects(['x']));
    expect(api.read).toHaveBeenCalledTimes(2);
  });

  it('accepts, shows it, and offers to take it back', async () => {
    const { store, api, book } = bench();
    expect(await book.acceptReview({ imageId: 1, objectKey: 'kept' })).toBe(true);
    expect(api.review).toHaveBeenCalledExactlyOnceWith(1, { verdict: 'accepted', annotation_id: 7 });
    const notice = store.get().notices.at(-1);
    expect(notice?.action).toEqual({ label: 'Take back', command: 'withdrawReview', value: 5 });
    expect(await book.withdrawReview(5)).toBe(true);
    expect(store.get().team.reviews).toEqual({});
    expect(await book.withdrawReview(5)).toBe(false);
  });

  it('asks why before it rejects', async () => {
    const { store, api, book } = bench();
    expect(await book.confirmReject('why')).toBe(false);
    book.rejectReview({ imageId: 1, objectKey: null });
    expect(store.get().dialog).toBe('reject');
    expect(await book.confirmReject('why')).toBe(true);
    expect(api.review).toHaveBeenCalledExactlyOnceWith(1, { verdict: 'rejected', comment: 'why', annotation_id: null });
    expect(store.get()).toMatchObject({ dialog: null });
    expect(store.get().images.find(({ id }) => id === 1)?.state).toBe('in_work');
  });

  it('keeps the question open when it was refused', async () => {
    const { store, api, report, book } = bench();
    api.review.mockRejectedValue(new Error('no'));
    book.rejectReview({ imageId: 1, objectKey: null });
    expect(await book.confirmReject('why')).toBe(false);
    expect(report).toHaveBeenCalledOnce();
    expect(store.get().dialog).toBe('reject');
  });

  it('reviews nothing that the server does not have', async () => {
    const { store, api, book } = bench();
    expect(await book.acceptReview({ imageId: 1, objectKey: 'new' })).toBe(false);
    expect(api.review).not.toHaveBeenCalled();
    expect(store.get().notices.at(-1)?.message).toContain('must be saved before');
  });

  it('means the selected object, else the image', () => {
    const { store, book } = bench();
    store.apply(openImage(null));
    expect(targetAtHand(store.get())).toBeNull();
    expect(book.rejectReview()).toBe(false);
    store.apply(openImage(1));
    expect(targetAtHand(store.get())).toEqual({ imageId: 1, objectKey: null });
    store.apply(selectObjects(['kept']));
    expect(targetAtHand(store.get())).toEqual({ imageId: 1, objectKey: 'kept' });
    store.apply(selectObjects(['kept', 'other']));
    expect(targetAtHand(store.get())).toEqual({ imageId: 1, objectKey: null });
  });

  it('gives images to somebody', async () => {
    const { store, api, book } = bench();
    expect(await book.assignImages([1], 2)).toBe(true);
    expect(api.assign).toHaveBeenCalledExactlyOnceWith(1, [1], 2);
    expect(store.get().team.assignments).toEqual({ 1: 2 });
  });
});
