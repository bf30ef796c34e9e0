// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { putReview, setSession } from '../../../static/js/state/actions/team_actions.js';
import { ReviewBox, VerdictMark } from '../../../static/js/ui/review_box.js';
import { makeReview, makeSession } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const IMAGE = { imageId: 1, objectKey: null };

/**
 * @param {import('../../../static/js/team_types.js').RoleName | null} role who is signed in; null without accounts
 * @param {Partial<import('../../../static/js/team_types.js').ReviewJson> | null} review what was said
 */
function boxOf(role, review) {
  const app = makeApp();
  if (role) app.store.apply(setSession(makeSession(role)));
  if (review) app.store.apply(putReview(makeReview(review)));
  return show(ReviewBox, { app, props: { target: IMAGE } });
}

describe('review', () => {
  it('is not there without accounts, nor for an annotator while nothing was said', () => {
    expect(boxOf(null, {}).text()).toBe('');
    expect(boxOf('annotator', null).text()).toBe('');
  });

  it('shows an annotator the verdict and no buttons', () => {
    const { text, root } = boxOf('annotator', {});
    expect(text()).toBe('Rejected two are missing by Rita');
    expect(root.querySelector('button')).toBeNull();
  });

  it('lets a reviewer say something', async () => {
    const { app, click, text } = boxOf('reviewer', null);
    expect(text()).toContain('Not reviewed');
    await click('Accept');
    await click('Reject');
    expect(app.commands.acceptReview).toHaveBeenCalledExactlyOnceWith(IMAGE);
    expect(app.commands.rejectReview).toHaveBeenCalledExactlyOnceWith(IMAGE);
  });

  it('lets a reviewer take it back or say the contrary', async () => {
    const { app, click, text } = boxOf('reviewer', { id: 4, verdict: 'accepted', comment: '' });
    expect(text()).not.toMatch(/Accept\b/);
    await click('Take back');
    expect(app.commands.withdrawReview).toHaveBeenCalledExactlyOnceWith(4);
  });

  it('lets a reviewer judge anew what changed since', () => {
    for (const verdict of /** @type {const} */ (['accepted', 'rejected'])) {
      const { text } = boxOf('reviewer', { verdict, is_outdated: true });
      expect(text()).toMatch(/Changed since the review.*Take back.*Reject.*Accept/u);
    }
  });

  it('marks the row of an object, with the comment in the name', () => {
    const app = makeApp();
    app.store.apply(putReview(makeReview({ annotation_id: 7, comment: 'no hand' })));
    const target = { imageId: 1, objectKey: 'a7' };
    expect(show(VerdictMark, { app, props: { target } }).find('.rejected').getAttribute('aria-label')).toBe(
      'Rejected: no hand',
    );
    app.store.apply(putReview(makeReview({ annotation_id: 7, is_outdated: true })));
    expect(show(VerdictMark, { app, props: { target } }).find('.changed').title).toContain('Changed since the review');
    expect(show(VerdictMark, { app, props: { target: IMAGE } }).root.childElementCount).toBe(0);
  });
});
