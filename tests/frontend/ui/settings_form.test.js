// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { SettingsForm } from '../../../static/js/ui/settings_form.js';
import { show } from './ui_bench.js';

it('chooses theme and language and leads to the keys', async () => {
  const { app, root, click } = show(SettingsForm);
  await click('Light');
  const field = /** @type {HTMLSelectElement} */ (root.querySelector('select'));
  Object.assign(field, { value: 'de' }).dispatchEvent(new Event('change'));
  await click('Show and change the keys');
  expect(app.commands.changeSettings).toHaveBeenCalledWith({ theme: 'light' });
  expect(app.commands.changeSettings).toHaveBeenCalledWith({ language: 'de' });
  expect(app.commands.showDialog).toHaveBeenCalledWith('help');
});
