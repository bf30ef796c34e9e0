// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { PasswordForm } from '../../../static/js/ui/password_form.js';
import { makeApp, show } from './ui_bench.js';

/** @param {unknown} refusal what the server says */
async function send(refusal) {
  const app = makeApp();
  app.commands.changePassword = vi.fn(async () => /** @type {null} */ (refusal));
  const page = show(PasswordForm, { app });
  Object.assign(page.find('[name=password]'), { value: 'old one' });
  Object.assign(page.find('[name=new]'), { value: 'new one' });
  page.find('form').dispatchEvent(new Event('submit', { cancelable: true }));
  await page.drawn();
  return page;
}

describe('password form', () => {
  it('sends both passwords and closes', async () => {
    const { app } = await send(null);
    expect(app.commands.changePassword).toHaveBeenCalledExactlyOnceWith('old one', 'new one');
    expect(app.commands.showDialog).toHaveBeenCalledExactlyOnceWith(null);
  });

  it('stays open and says why it was refused', async () => {
    const { app, text } = await send({ code: 'password_wrong', message: '', hint: '' });
    expect(text()).toContain('The present password is another one.');
    expect(app.commands.showDialog).not.toHaveBeenCalled();
  });
});
