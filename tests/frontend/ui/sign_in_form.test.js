// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { SignInForm } from '../../../static/js/ui/sign_in_form.js';
import { show } from './ui_bench.js';

const REFUSED = { code: 'sign_in_failed', message: 'no', hint: '' };

describe('sign-in form', () => {
  it('sends what was typed', async () => {
    const onSignIn = vi.fn(async () => null);
    const { find, drawn } = show(SignInForm, { props: { onSignIn } });
    Object.assign(find('[name=name]'), { value: 'Ada' });
    Object.assign(find('[name=password]'), { value: ' secret ' });
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(onSignIn).toHaveBeenCalledExactlyOnceWith('Ada', ' secret ');
  });

  it('says why it was refused, to readers too, and can be sent again', async () => {
    const { find, drawn } = show(SignInForm, { props: { onSignIn: async () => REFUSED } });
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    await drawn();
    expect(find('[role=alert]').textContent).toContain('Name and password do not belong together.');
    expect(find('[type=submit]').hasAttribute('disabled')).toBe(false);
  });

  it('is filled by the keeper of passwords, and begins where something is missing', () => {
    const empty = show(SignInForm, { props: { onSignIn: vi.fn() } });
    expect(empty.find('[name=name]').getAttribute('autocomplete')).toBe('username');
    expect(empty.find('[name=password]').getAttribute('autocomplete')).toBe('current-password');
    const named = show(SignInForm, { props: { onSignIn: vi.fn(), name: 'Ada' } });
    expect(/** @type {HTMLInputElement} */ (named.find('[name=name]')).value).toBe('Ada');
  });
});
