import { describe, expect, it } from 'vitest';
import { setHoverEnabled, showHover } from '../../../../static/js/state/actions/hover_actions.js';
import { canUndo, openDraft } from '../../../../static/js/state/selectors.js';
import { hoverAt, storeWithImages } from '../../session_builders.js';

describe('hover actions', () => {
  it('leave the work alone: no draft, nothing to undo, nothing to save', () => {
    const store = storeWithImages();
    const before = store.get();
    hoverAt(store, 5, 5);
    expect(openDraft(store.get())).toBeNull();
    expect(canUndo(store.get())).toBe(false);
    expect(store.get().documents).toBe(before.documents);
    expect(store.get().saves).toBe(before.saves);
  });

  it('change nothing when nothing changes', () => {
    const store = storeWithImages();
    const before = store.get();
    store.apply(showHover(null));
    store.apply(setHoverEnabled(true));
    expect(store.get()).toBe(before);
  });

  it('take the preview away when it is switched off', () => {
    const store = storeWithImages();
    hoverAt(store, 5, 5);
    store.apply(setHoverEnabled(false));
    expect(store.get().hover).toBeNull();
  });
});
