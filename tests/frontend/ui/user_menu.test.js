// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setSession } from '../../../static/js/state/actions/team_actions.js';
import { UserMenu } from '../../../static/js/ui/user_menu.js';
import { makeSession } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

/** @param {import('../../../static/js/team_types.js').RoleName} role who is signed in */
function menuOf(role) {
  const app = makeApp();
  app.store.apply(setSession(makeSession(role)));
  HTMLElement.prototype.hidePopover ??= () => {};
  return show(UserMenu, { app });
}

describe('user menu', () => {
  it('is not there without accounts', () => {
    expect(show(UserMenu).text()).toBe('');
  });

  it('names the person and the role', () => {
    const { named, text } = menuOf('annotator');
    expect(named('Account of Person 1').getAttribute('popovertarget')).toBe('user-menu-list');
    expect(text()).toContain('Person 1 Annotator');
    expect(text()).not.toContain('People');
  });

  it('leads to the list of people, to the password and out', async () => {
    const { app, click } = menuOf('owner');
    await click('People');
    await click('Change password');
    await click('Sign out');
    expect(app.commands.showDialog).toHaveBeenCalledWith('users');
    expect(app.commands.showDialog).toHaveBeenCalledWith('password');
    expect(app.commands.signOut).toHaveBeenCalledOnce();
  });
});
