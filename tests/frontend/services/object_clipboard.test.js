import { describe, expect, it } from 'vitest';
import { createObjectClipboard } from '../../../static/js/services/object_clipboard.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { addImages, openImage } from '../../../static/js/state/actions/image_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { makeImage } from '../session_builders.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

/** @param {Parameters<typeof editingBench>} objects on the open image */
function makeClipboard(...objects) {
  const bench = editingBench(...objects);
  return { ...bench, ...createObjectClipboard(bench) };
}

describe('clipboard', () => {
  it('has nothing to do without a selection or a copy', () => {
    const { copy, paste } = makeClipboard();
    expect(copy()).toBe(false);
    expect(paste()).toBe(false);
  });

  it('pastes beside the original, farther with every copy, in one step each', () => {
    const { store, copy, paste, kept, object } = makeClipboard(objectOf('a', rectangle(10, 10, 5, 5)));
    store.apply(selectObjects(['a']));
    copy();
    paste();
    paste();
    expect(kept()).toEqual([
      ['a', 25],
      ['new1', 25],
      ['new2', 25],
    ]);
    expect(object('new2').bbox).toEqual([34, 34, 5, 5]);
    expect(store.get().selectedKeys).toEqual(['new2']);
    store.apply(undoStep());
    expect(kept()).toHaveLength(2);
  });

  it('pastes at the same place of another image, and says what was cut off', () => {
    const { store, copy, paste, kept, notices } = makeClipboard(
      objectOf('a', rectangle(10, 10, 5, 5)),
      objectOf('b', rectangle(70, 10, 5, 5)),
    );
    store.apply(addImages([makeImage(2, { width: 12, height: 80 })]));
    store.apply(selectObjects(['a']));
    copy();
    store.apply(openImage(2));
    paste();
    expect(kept()).toEqual([['new1', 10]]);
    expect(notices()).toEqual(['what lay beyond the border was cut off']);
  });

  it('leaves out what would lie beside the image', () => {
    const { store, copy, paste, kept, notices } = makeClipboard(objectOf('b', rectangle(70, 10, 5, 5)));
    store.apply(addImages([makeImage(2, { width: 12, height: 80 })]));
    store.apply(selectObjects(['b']));
    copy();
    store.apply(openImage(2));
    expect(paste()).toBe(true);
    expect(kept()).toEqual([]);
    expect(notices()[0]).toContain('beside');
  });
});
