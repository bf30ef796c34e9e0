// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { changeLook, toggleLookPanel } from '../../../static/js/state/actions/look_actions.js';
import { LookPanel, PhotoFilter } from '../../../static/js/ui/look_panel.js';
import { makeApp, show } from './ui_bench.js';

it('shows sliders and switches while it is open, and gives the usual look back', async () => {
  const { app, text, root, named, click, drawn } = show(LookPanel);
  expect(text()).toBe('');
  app.store.apply(toggleLookPanel());
  app.store.apply(changeLook({ brightness: 1.5, gamma: 0.8 }));
  await drawn();
  expect(text()).toContain('150 %');
  expect(text()).toContain('Gamma 0.80');
  const [slider] = root.querySelectorAll('input[type=range]');
  Object.assign(slider, { value: '0.6' }).dispatchEvent(new Event('input'));
  expect(app.commands.changeLook).toHaveBeenCalledWith({ opacity: 0.6 });
  root.querySelector('input[type=checkbox]')?.dispatchEvent(new Event('change'));
  expect(app.commands.toggleLook).toHaveBeenCalledWith('outlineOnly');
  await click('Reset');
  expect(app.commands.resetLook).toHaveBeenCalledOnce();
  expect(named('Close')).toBeTruthy();
  app.store.apply(changeLook({ brightness: 1, gamma: 1 }));
  await drawn();
  expect(named('Reset').hasAttribute('disabled')).toBe(true);
});

it('filters the photograph only when its light was changed', async () => {
  const app = makeApp();
  const { root, drawn } = show(PhotoFilter, { app });
  expect(root.querySelector('filter')).toBeNull();
  app.store.apply(changeLook({ gamma: 2, contrast: 2 }));
  await drawn();
  const linear = root.querySelector('[type=linear]');
  expect([linear?.getAttribute('slope'), linear?.getAttribute('intercept')]).toEqual(['2', '-0.5']);
  expect(root.querySelectorAll('[type=gamma][exponent="0.5"]')).toHaveLength(3);
});
