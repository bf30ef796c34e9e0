// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { setProjects } from '../../../static/js/state/actions/project_actions.js';
import { SettingsForm } from '../../../static/js/ui/settings_form.js';
import { makeProject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

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

it('says whether masks of the project may overlap, by its name', async () => {
  const app = makeApp();
  app.store.apply(setProjects([makeProject(1, { name: 'cats' })]));
  const { text, named, click } = show(SettingsForm, { app });
  expect(text()).toContain('in cats');
  expect(named('Several objects').getAttribute('aria-pressed')).toBe('true');
  await click('One object');
  expect(app.commands.setOverlapPolicy).toHaveBeenCalledWith('exclusive');
});
