import { describe, expect, it } from 'vitest';
import { redoStep, undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { orderObjects } from '../../../../static/js/state/actions/order_actions.js';
import { keptObjects } from '../../../../static/js/state/selectors.js';
import { makeObject, storeWithImages } from '../../session_builders.js';

describe('order actions', () => {
  it('are one step that undo takes back, and none where nothing moves', () => {
    const store = storeWithImages();
    store.apply(loadObjects(1, [makeObject('a'), makeObject('b')]));
    const names = () => keptObjects(store.get()).map(({ key }) => key);
    store.apply(orderObjects(['a'], 'front'));
    expect(names()).toEqual(['b', 'a']);
    store.apply(undoStep());
    expect(names()).toEqual(['a', 'b']);
    store.apply(redoStep());
    expect(names()).toEqual(['b', 'a']);
    const before = store.get();
    store.apply(orderObjects(['a'], 'front'));
    expect(store.get()).toBe(before);
  });

  it('keep the order of what the server shows when something was made meanwhile', () => {
    const store = storeWithImages();
    const top = makeObject('top', { details: { ...makeObject('x').details, zOrder: 3 } });
    store.apply(loadObjects(1, [makeObject('a')]));
    store.apply(loadObjects(1, [top]));
    expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(['a', 'top']);
  });
});
