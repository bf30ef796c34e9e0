// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { setUsers } from '../../../static/js/state/actions/team_actions.js';
import { UsersDialog } from '../../../static/js/ui/users_dialog.js';
import { makeUser } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const LAST = { code: 'owner_last', message: '', hint: '' };

function dialog() {
  const app = makeApp();
  app.commands.addUser = vi.fn(async () => null);
  app.commands.changeUser = vi.fn(async () => null);
  app.store.apply(
    setUsers([makeUser(1, { name: 'Ada' }), makeUser(2, { name: 'Ben', role: 'reader', is_disabled: true })]),
  );
  return { ...show(UsersDialog, { app }), app };
}

describe('list of people', () => {
  it('shows everybody with role and whether they are kept out', () => {
    const { root, named } = dialog();
    expect([...root.querySelectorAll('li .name')].map((name) => name.textContent)).toEqual(['Ada', 'Bendisabled']);
    expect(/** @type {HTMLSelectElement} */ (named('Role of Ben')).value).toBe('reader');
  });

  it('adds somebody', async () => {
    const { app, find, drawn } = dialog();
    Object.assign(find('.new-person [name=name]'), { value: 'Cleo' });
    Object.assign(find('.new-person [name=password]'), { value: 'a long enough one' });
    find('.new-person').dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(app.commands.addUser).toHaveBeenCalledExactlyOnceWith({
      name: 'Cleo',
      password: 'a long enough one',
      role: 'annotator',
    });
  });

  it('offers the role of an annotator again after somebody was added', async () => {
    const { named, find, drawn } = dialog();
    Object.assign(named('Role'), { value: 'owner' });
    named('Role').dispatchEvent(new Event('change'));
    await drawn();
    const form = find('.new-person');
    form.dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(find('.new-person')).not.toBe(form);
    expect(/** @type {HTMLSelectElement} */ (named('Role')).value).toBe('annotator');
  });

  it('gives another role, keeps out and lets in', async () => {
    const { app, named, click, drawn } = dialog();
    Object.assign(named('Role of Ben'), { value: 'reviewer' });
    named('Role of Ben').dispatchEvent(new Event('change'));
    await drawn();
    await click('Enable');
    await click('Disable');
    expect(vi.mocked(app.commands.changeUser).mock.calls).toEqual([
      [2, { role: 'reviewer' }],
      [2, { is_disabled: false }],
      [1, { is_disabled: true }],
    ]);
  });

  it('sets a password', async () => {
    const { app, click, find, drawn, root } = dialog();
    await click('Set password');
    Object.assign(find('.set-password [name=password]'), { value: 'another long one' });
    find('.set-password').dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(app.commands.changeUser).toHaveBeenCalledExactlyOnceWith(1, { password: 'another long one' });
    expect(root.querySelector('.set-password')).toBeNull();
  });

  it('says what was refused', async () => {
    const { app, click, text } = dialog();
    vi.mocked(app.commands.changeUser).mockImplementation(async () => LAST);
    await click('Disable');
    expect(text()).toContain('One owner who can sign in must remain.');
  });
});
