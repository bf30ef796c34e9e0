import { describe, expect, it, vi } from 'vitest';
import { chooseTool, setDropActive } from '../../../static/js/state/actions/view_actions.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';

describe('session store', () => {
  it('tells listeners the new and the earlier state', () => {
    const store = createSessionStore(createSessionState());
    const before = store.get();
    const listener = vi.fn();
    store.subscribe(listener);
    store.apply(chooseTool('box'));
    expect(listener).toHaveBeenCalledExactlyOnceWith(store.get(), before);
  });

  it('says nothing when an action changes nothing', () => {
    const store = createSessionStore(createSessionState());
    const listener = vi.fn();
    store.subscribe(listener);
    store.apply(chooseTool('point'));
    expect(listener).not.toHaveBeenCalled();
  });

  it('announces the action of a listener after the present one, to everyone in the same order', () => {
    const store = createSessionStore(createSessionState());
    /** @type {string[]} */
    const seen = [];
    store.subscribe((state) => {
      if (state.tool === 'box' && !state.dropActive) store.apply(setDropActive(true));
    });
    store.subscribe((state) => seen.push(`${state.tool} ${state.dropActive}`));
    store.apply(chooseTool('box'));
    expect(seen).toEqual(['box false', 'box true']);
  });

  it('forgets a listener that left', () => {
    const store = createSessionStore(createSessionState());
    const listener = vi.fn();
    store.subscribe(listener)();
    store.apply(chooseTool('pan'));
    expect(listener).not.toHaveBeenCalled();
  });

  it('goes on announcing after a listener failed', () => {
    const store = createSessionStore(createSessionState());
    const stop = store.subscribe(() => {
      throw new Error('broken');
    });
    expect(() => store.apply(chooseTool('pan'))).toThrow('broken');
    stop();
    const listener = vi.fn();
    store.subscribe(listener);
    store.apply(chooseTool('box'));
    expect(listener).toHaveBeenCalledOnce();
  });
});
