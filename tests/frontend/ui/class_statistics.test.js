// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { ClassStatistics } from '../../../static/js/ui/class_statistics.js';
import { makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

it('shows numbers of each class that has objects', () => {
  const app = makeApp();
  app.store.apply(loadObjects(1, [makeObject('a'), makeObject('b', { area: 1200 })]));
  const { root, text } = show(ClassStatistics, { app });
  expect(root.querySelectorAll('tbody tr')).toHaveLength(1);
  expect(text()).toContain('cat 2 800 20 0.8');
});
