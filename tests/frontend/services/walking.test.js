import { describe, expect, it, vi } from 'vitest';
import { walkingCommands } from '../../../static/js/services/walking.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { toggleObjectHidden } from '../../../static/js/state/actions/view_actions.js';
import { clickAndAnswer, makeObject, storeWithImages } from '../session_builders.js';

function makeWalk() {
  const store = storeWithImages();
  const view = { showBox: vi.fn() };
  store.apply(loadObjects(1, [makeObject('a'), makeObject('b', { bbox: [50, 10, 5, 5] }), makeObject('c')]));
  return { store, view, commands: walkingCommands({ store, view }) };
}

describe('walking', () => {
  it('goes round the objects that are shown, both ways, and looks at each', () => {
    const { store, view, commands } = makeWalk();
    store.apply(toggleObjectHidden('c'));
    const seen = [1, 1, 1, -1].map((step) => {
      commands.walkObjects(/** @type {1 | -1} */ (step));
      return store.get().selectedKeys.join();
    });
    expect(seen).toEqual(['a', 'b', 'a', 'b']);
    expect(view.showBox).toHaveBeenLastCalledWith([50, 10, 55, 15]);
    store.apply(selectObjects([]));
    commands.walkObjects(-1);
    expect(store.get().selectedKeys).toEqual(['b']);
  });

  it('looks at the open object, else at everything that is selected', () => {
    const { store, view, commands } = makeWalk();
    expect(commands.zoomToObject()).toBe(false);
    store.apply(selectObjects(['a', 'b']));
    expect(commands.zoomToObject()).toBe(true);
    expect(view.showBox).toHaveBeenLastCalledWith([10, 10, 55, 40]);
    clickAndAnswer(store);
    commands.zoomToObject();
    expect(view.showBox).toHaveBeenLastCalledWith([10, 20, 30, 40]);
  });

  it('has nowhere to go without objects, and shows selected ones alone', () => {
    const { store, commands } = makeWalk();
    store.apply((state) => ({ ...state, currentImageId: 2 }));
    expect(commands.walkObjects(1)).toBe(false);
    commands.toggleSolo();
    expect(store.get().solo).toBe(true);
  });
});
