// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setRejecting } from '../../../static/js/state/actions/team_actions.js';
import { RejectForm } from '../../../static/js/ui/reject_form.js';
import { makeApp, show } from './ui_bench.js';

describe('question why', () => {
  it('sends the comment', async () => {
    const { app, find, drawn } = show(RejectForm);
    Object.assign(find('textarea'), { value: ' the hand is missing ' });
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(app.commands.confirmReject).toHaveBeenCalledExactlyOnceWith('the hand is missing');
  });

  it('says what it is about, and cannot be sent empty', () => {
    const app = makeApp();
    app.store.apply(setRejecting({ imageId: 1, objectKey: 'a7' }));
    const { text, find } = show(RejectForm, { app });
    expect(text()).toContain('What is wrong with this object?');
    expect(find('textarea').hasAttribute('required')).toBe(true);
  });
});
