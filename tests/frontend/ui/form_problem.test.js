// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, it } from 'vitest';
import { addNotice } from '../../../static/js/state/actions/view_actions.js';
import { FormProblem } from '../../../static/js/ui/form_problem.js';
import { makeApp, show } from './ui_bench.js';

it('says the newest problem', () => {
  const app = makeApp();
  expect(show(FormProblem, { app }).text()).toBe('');
  app.store.apply(addNotice({ tone: 'error', message: 'the name must be short', hint: 'shorten it' }));
  expect(show(FormProblem, { app }).text()).toBe('The name must be short Shorten it');
});

it('takes its notice away when it goes, and no other', async () => {
  const app = makeApp();
  app.store.apply(addNotice({ tone: 'error', message: 'the name must be short', hint: 'shorten it' }));
  const [{ id }] = app.store.get().notices;
  const { root, drawn } = show(FormProblem, { app });
  await drawn();
  app.store.apply(addNotice({ tone: 'error', message: 'not saved', hint: '' }));
  await drawn();
  expect(app.commands.dismissNotice).not.toHaveBeenCalled();
  render(null, root);
  await drawn();
  expect(app.commands.dismissNotice).toHaveBeenCalledExactlyOnceWith(id);
});
