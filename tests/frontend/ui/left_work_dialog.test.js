// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { setLeftWork, setSession } from '../../../static/js/state/actions/team_actions.js';
import { LeftWorkDialog } from '../../../static/js/ui/left_work_dialog.js';
import { makeSession } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

/** @param {{isTeam?: boolean}} [server] whether it has accounts */
function shown({ isTeam = true } = {}) {
  const app = makeApp();
  if (isTeam) app.store.apply(setSession(makeSession('annotator')));
  app.store.apply(setLeftWork([{ personId: 2, name: 'Ben', saves: 2, drafts: 1 }]));
  return show(LeftWorkDialog, { app });
}

/** @type {(view: ReturnType<typeof shown>, name: string) => Promise<void>} */
const press = async ({ root, drawn }, name) => {
  const button = [...root.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
  if (!button) throw new Error(`must have a button ${name}, got ${root.textContent}`);
  button.click();
  await drawn();
};

describe('dialog about the work of somebody else', () => {
  it('says whose it is, how much, and that it was not sent', () => {
    const { text } = shown();
    expect(text()).toContain('Ben');
    expect(text()).toContain('2 changes that were not saved · 1 unfinished object');
    expect(text()).toContain('it would have been saved under your name');
  });

  it('downloads, or leaves it where it is', async () => {
    const view = shown();
    await press(view, 'Download');
    expect(view.app.commands.downloadLeftWork).toHaveBeenCalledExactlyOnceWith(2);
    await press(view, 'Leave it here');
    expect(view.app.commands.showDialog).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('discards only when asked twice', async () => {
    const view = shown();
    await press(view, 'Discard');
    await press(view, 'Keep');
    await press(view, 'Discard');
    expect(view.app.commands.discardLeftWork).not.toHaveBeenCalled();
    await press(view, 'Discard for good');
    expect(view.app.commands.discardLeftWork).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('offers no signing in where nobody can sign in', () => {
    expect(shown({ isTeam: false }).text()).not.toContain('Sign in');
  });

  it('asks for the password of who made it', async () => {
    const view = shown();
    vi.mocked(view.app.commands.signIn).mockResolvedValue(null);
    await press(view, 'Sign in as Ben');
    expect(view.find('input[name=name]')).toHaveProperty('value', 'Ben');
    view.find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await view.drawn();
    expect(view.app.commands.signIn).toHaveBeenCalledOnce();
  });
});
