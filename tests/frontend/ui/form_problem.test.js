// @vitest-environment happy-dom
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
