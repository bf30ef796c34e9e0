import { describe, expect, it, vi } from 'vitest';
import { createPresenceWatch } from '../../../static/js/services/presence_watch.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { showScreen } from '../../../static/js/state/actions/project_actions.js';
import { setSession } from '../../../static/js/state/actions/team_actions.js';
import { makeSession, settle, storeWithImages } from '../session_builders.js';

function bench() {
  const store = storeWithImages();
  store.apply(openImage(1));
  const api = { here: vi.fn(async () => ['Ben']), leave: vi.fn(async () => null) };
  const waiting = /** @type {(() => void)[]} */ ([]);
  const watch = createPresenceWatch({ store, api, schedule: (run) => waiting.push(run) });
  watch.start();
  return { store, api, waiting };
}

describe('presence', () => {
  it('asks nothing without accounts', async () => {
    const { store, api } = bench();
    store.apply(openImage(2));
    await settle();
    expect(api.here).not.toHaveBeenCalled();
    expect(api.leave).not.toHaveBeenCalled();
  });

  it('says again and again that somebody is there, and shows who else is', async () => {
    const { store, api, waiting } = bench();
    store.apply(setSession(makeSession('annotator')));
    await settle();
    expect(store.get().team.others).toEqual(['Ben']);
    api.here.mockResolvedValue([]);
    waiting.shift()?.();
    await settle();
    expect(api.here).toHaveBeenCalledTimes(2);
    expect(store.get().team.others).toEqual([]);
  });

  it('leaves with the image, and what was begun there ends', async () => {
    const { store, api, waiting } = bench();
    store.apply(setSession(makeSession('annotator')));
    await settle();
    store.apply(openImage(2));
    await settle();
    expect(api.leave).toHaveBeenCalledExactlyOnceWith(1);
    expect(api.here).toHaveBeenLastCalledWith(2);
    waiting.shift()?.();
    await settle();
    expect(api.here).toHaveBeenCalledTimes(2);
    store.apply(showScreen('gallery'));
    expect(api.leave).toHaveBeenLastCalledWith(2);
    expect(store.get().team.others).toEqual([]);
  });

  it('goes on after a sign that did not arrive', async () => {
    const { store, api, waiting } = bench();
    api.here.mockRejectedValueOnce(new Error('away'));
    store.apply(setSession(makeSession('annotator')));
    await settle();
    waiting.shift()?.();
    await settle();
    expect(store.get().team.others).toEqual(['Ben']);
  });
});
