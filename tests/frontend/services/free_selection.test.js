import { expect, it } from 'vitest';
import { freeSelection, tell } from '../../../static/js/services/free_selection.js';
import { selectObjects, toggleLocked } from '../../../static/js/state/actions/selection_actions.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

it('leaves locked objects out and says so when there are no others', () => {
  const { store, notices } = editingBench(objectOf('a', rectangle(0, 0, 1, 1)), objectOf('b', rectangle(0, 0, 1, 1)));
  expect(freeSelection(store)).toEqual([]);
  store.apply(selectObjects(['a', 'b']));
  store.apply(toggleLocked(['a']));
  expect(freeSelection(store).map(({ key }) => key)).toEqual(['b']);
  expect(notices()).toEqual([]);
  store.apply(toggleLocked(['a', 'b']));
  expect(freeSelection(store)).toEqual([]);
  expect(notices()).toEqual(['a locked object is not changed']);
  expect(tell(store, { message: 'why', hint: 'what' })).toBe(false);
  expect(store.get().notices.at(-1)).toMatchObject({ tone: 'info', message: 'why', hint: 'what' });
});
