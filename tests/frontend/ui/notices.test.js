// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addNotice } from '../../../static/js/state/actions/view_actions.js';
import { Notices, sentence } from '../../../static/js/ui/notices.js';
import { makeApp, show } from './ui_bench.js';

afterEach(() => vi.useRealTimers());

/** @param {'error' | 'info'} tone of the notice */
function appWith(tone) {
  const app = makeApp();
  app.store.apply(addNotice({ tone, message: 'the file must be an image', hint: 'choose another' }));
  return app;
}

describe('notices', () => {
  it('say what happened and what to do, until they are closed', async () => {
    const { app, text, click, find } = show(Notices, { app: appWith('error') });
    expect(text()).toBe('The file must be an image Choose another');
    expect(find('.notice').getAttribute('role')).toBe('alert');
    await click('Dismiss');
    expect(app.commands.dismissNotice).toHaveBeenCalledWith(1);
  });

  it('go by themselves when they are only remarks', async () => {
    const { app, drawn } = show(Notices, { app: appWith('info') });
    await drawn();
    vi.useFakeTimers();
    const second = show(Notices, { app: appWith('info') });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.app.commands.dismissNotice).toHaveBeenCalledWith(1);
    expect(app.commands.dismissNotice).not.toHaveBeenCalled();
  });

  it('start with a capital letter', () => {
    expect(sentence('alpha must be')).toBe('Alpha must be');
    expect(sentence('the file: nothing')).toBe('The file: nothing');
    expect(sentence('reload')).toBe('Reload');
    expect(sentence('')).toBe('');
  });

  it.each(['cat.jpg (not an image)', 'my_photo must', 'x2 is', 'app/x', 'dsc-01.jpg', 'eva.png: no', '3 files', 'a.b'])(
    'keep the spelling of %s',
    (text) => expect(sentence(text)).toBe(text),
  );
});
