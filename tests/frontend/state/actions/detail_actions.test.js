import { describe, expect, it } from 'vitest';
import { changeDetails, setCategoryOf } from '../../../../static/js/state/actions/detail_actions.js';
import { undoStep } from '../../../../static/js/state/actions/history_actions.js';
import { loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import { canUndo, keptObjects } from '../../../../static/js/state/selectors.js';
import { makeObject, storeWithImages } from '../../session_builders.js';

describe('detail actions', () => {
  it('change several objects in one step that undo takes back', () => {
    const store = storeWithImages();
    store.apply(loadObjects(1, [makeObject('a'), makeObject('b'), makeObject('c')]));
    store.apply(changeDetails(['a', 'c'], { groupId: 2 }));
    expect(keptObjects(store.get()).map(({ details }) => details.groupId)).toEqual([2, null, 2]);
    store.apply(setCategoryOf(['a', 'b'], 2));
    expect(keptObjects(store.get()).map(({ categoryId }) => categoryId)).toEqual([2, 2, 1]);
    store.apply(undoStep());
    store.apply(undoStep());
    expect(keptObjects(store.get()).map(({ details }) => details.groupId)).toEqual([null, null, null]);
  });

  it('make no step of nothing', () => {
    const store = storeWithImages();
    store.apply(loadObjects(1, [makeObject('a')]));
    store.apply(changeDetails(['a', 'gone'], { notes: '' }));
    store.apply(setCategoryOf(['a'], 1));
    expect(canUndo(store.get())).toBe(false);
  });
});
