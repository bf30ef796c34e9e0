import { describe, expect, it, vi } from 'vitest';
import { NetworkError } from '../../../static/js/api/api_error.js';
import { createModelWatch } from '../../../static/js/services/model_watch.js';
import { markFeaturesReady } from '../../../static/js/state/actions/image_actions.js';
import { setModel } from '../../../static/js/state/actions/view_actions.js';
import { storeWithImages } from '../session_builders.js';

/** @param {() => Promise<boolean>} renew what comes of asking */
function makeWatch(renew) {
  const store = storeWithImages();
  store.apply(markFeaturesReady(1));
  store.apply(setModel({ modelId: 'n', name: 'model-t1' }));
  /** @type {(() => void)[]} */
  const scheduled = [];
  const parts = { renew: vi.fn(renew), reload: vi.fn(async () => {}), report: vi.fn(), isSeen: vi.fn(() => true) };
  const watch = createModelWatch({
    ...{ store, reading: parts, reload: parts.reload, isSeen: parts.isSeen, report: parts.report },
    schedule: (run) => scheduled.push(run),
  });
  return { store, watch, scheduled, ...parts };
}

describe('model watch', () => {
  it('goes on with the decoder of another model, and says so', async () => {
    const { store, watch, reload } = makeWatch(async () => true);
    reload.mockImplementation(async () => expect(store.get().featuresReady).toBe(false));
    expect(await watch.check()).toBe(true);
    expect(reload).toHaveBeenCalledOnce();
    expect(store.get().notices.map(({ message }) => message)).toEqual(['model-t1 answers from now on']);
  });

  it('does nothing while the model is the same', async () => {
    const { store, watch, reload } = makeWatch(async () => false);
    expect(await watch.check()).toBe(false);
    expect(reload).not.toHaveBeenCalled();
    expect(store.get()).toMatchObject({ featuresReady: true, notices: [] });
  });

  it('asks again and again, but not for a page that nobody sees', async () => {
    const { watch, scheduled, isSeen, renew } = makeWatch(async () => false);
    watch.start();
    isSeen.mockReturnValue(false);
    scheduled.shift()?.();
    expect(renew).not.toHaveBeenCalled();
    isSeen.mockReturnValue(true);
    scheduled.shift()?.();
    await vi.waitFor(() => expect(scheduled).toHaveLength(1));
    expect(renew).toHaveBeenCalledOnce();
  });

  it('keeps quiet about a server that does not answer, and tells of other problems', async () => {
    /** @type {Error[]} */
    const problems = [new NetworkError('down'), new Error('odd')];
    const { watch, report } = makeWatch(async () => {
      throw problems.shift();
    });
    await watch.check();
    expect(report).not.toHaveBeenCalled();
    await watch.check();
    expect(report).toHaveBeenCalledOnce();
  });
});
