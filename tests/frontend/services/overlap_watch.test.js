import { expect, it } from 'vitest';
import { watchOverlaps } from '../../../static/js/services/overlap_watch.js';
import { replaceObjects } from '../../../static/js/state/actions/edit_actions.js';
import { setCursor } from '../../../static/js/state/actions/view_actions.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

it('counts when the page has nothing else to do, once for many changes and never for the same objects', () => {
  const { store } = editingBench(objectOf('a', rectangle(0, 0, 10, 10)));
  /** @type {(() => void)[]} */
  const waiting = [];
  const stop = watchOverlaps({ store, whenIdle: (run) => void waiting.push(run) });
  store.apply(replaceObjects(new Map(), [objectOf('b', rectangle(9, 9, 5, 5))]));
  store.apply(replaceObjects(new Map(), [objectOf('c', rectangle(50, 50, 5, 5))]));
  expect(waiting).toHaveLength(1);
  waiting[0]();
  expect(store.get().overlaps).toEqual({ imageId: 1, pairs: [['a', 'b']] });
  store.apply(setCursor(null));
  expect(waiting).toHaveLength(1);
  store.apply(replaceObjects(new Map([['b', []]])));
  waiting[1]();
  expect(store.get().overlaps?.pairs).toEqual([]);
  stop();
  store.apply(replaceObjects(new Map([['c', []]])));
  expect(waiting).toHaveLength(2);
});
