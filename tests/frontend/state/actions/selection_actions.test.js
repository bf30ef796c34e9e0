import { describe, expect, it } from 'vitest';
import { openImage } from '../../../../static/js/state/actions/image_actions.js';
import { loadObjects } from '../../../../static/js/state/actions/object_actions.js';
import {
  previewMove,
  selectObjects,
  setClipboard,
  toggleLocked,
  toggleSelected,
} from '../../../../static/js/state/actions/selection_actions.js';
import { selectedObjects } from '../../../../static/js/state/selectors.js';
import { clickAndAnswer, makeObject, storeWithImages } from '../../session_builders.js';

describe('selection', () => {
  it('grows, shrinks and is forgotten with the image', () => {
    const store = storeWithImages();
    store.apply(loadObjects(1, [makeObject('a'), makeObject('b'), makeObject('c')]));
    store.apply(selectObjects(['b']));
    store.apply(toggleSelected('a'));
    expect(selectedObjects(store.get()).map(({ key }) => key)).toEqual(['a', 'b']);
    store.apply(toggleSelected('b'));
    expect(store.get().selectedKeys).toEqual(['a']);
    const before = store.get();
    store.apply(selectObjects(['a']));
    expect(store.get()).toBe(before);
    store.apply(openImage(2));
    expect(selectedObjects(store.get())).toEqual([]);
  });

  it('locks all, and unlocks only what is locked completely', () => {
    const store = storeWithImages();
    store.apply(toggleLocked(['a']));
    store.apply(toggleLocked(['a', 'b']));
    expect(store.get().lockedKeys).toEqual({ a: true, b: true });
    store.apply(toggleLocked(['a', 'b']));
    expect(store.get().lockedKeys).toEqual({});
  });

  it('keeps copies, and the way of a move only while nothing is open', () => {
    const store = storeWithImages();
    store.apply(setClipboard({ imageId: 1, objects: [makeObject('a')] }));
    expect(store.get().clipboard?.objects).toHaveLength(1);
    store.apply(previewMove({ dx: 3, dy: 4 }));
    expect(store.get().preview).toEqual({ move: { dx: 3, dy: 4 } });
    store.apply(previewMove(null));
    clickAndAnswer(store);
    store.apply(previewMove({ dx: 3, dy: 4 }));
    expect(store.get().preview).toBeNull();
  });
});
