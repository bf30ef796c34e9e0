import { describe, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';
import { AnnotationSaver } from '../../../static/js/services/annotation_saver.js';
import { redoStep, undoStep } from '../../../static/js/state/actions/history_actions.js';
import {
  acceptDraft,
  deleteObject,
  loadObjects,
  setObjectCategory,
} from '../../../static/js/state/actions/object_actions.js';
import { keptObjects } from '../../../static/js/state/selectors.js';
import { clickAndAnswer, makeObject, settle, storeWithImages } from '../session_builders.js';
import { fakeServer, memorySaves } from './service_bench.js';

function makeSaver(server = fakeServer()) {
  const store = storeWithImages();
  const pending = memorySaves();
  const report = vi.fn();
  /** @type {{run: () => void, pause: number}[]} */
  const timers = [];
  const schedule = (/** @type {() => void} */ run, /** @type {number} */ pause) => timers.push({ run, pause });
  const saver = new AnnotationSaver({ store, api: server.api, pending, report, schedule });
  saver.start();
  const keep = (key = 'k') => {
    clickAndAnswer(store);
    store.apply(acceptDraft({ key, modelId: 'm' }));
  };
  const nextTry = () => {
    timers.shift()?.run();
    return settle();
  };
  return { store, server, pending, report, timers, saver, keep, nextTry };
}

const REFUSAL = new ApiError({ code: 'category_not_found', message: 'no class', hint: 'choose one' }, 404);

describe('annotation saver', () => {
  it('sends an accepted object and says when it is there', async () => {
    const { store, server, pending, saver, keep } = makeSaver();
    keep();
    expect(store.get().saves).toEqual({ k: 'saving' });
    await settle();
    expect(server.shown()).toHaveLength(1);
    expect(store.get().saves).toEqual({});
    expect(pending.saves.size).toBe(0);
    expect(saver.serverIdOf('k')).toBe(1);
  });

  it('deletes on undo and restores on redo, without a second object', async () => {
    const { store, server, keep } = makeSaver();
    keep();
    await settle();
    store.apply(undoStep());
    await settle();
    expect(server.shown()).toEqual([]);
    store.apply(redoStep());
    await settle();
    expect(server.calls).toEqual(['create', 'remove', 'restore']);
    expect(server.shown()).toHaveLength(1);
  });

  it('sends only the class when only the class changed', async () => {
    const { store, server, keep } = makeSaver();
    keep();
    await settle();
    store.apply(setObjectCategory('k', 2));
    await settle();
    expect(server.calls.at(-1)).toBe('update category_id');
    expect(server.shown()[0].category_id).toBe(2);
  });

  it('restores a deleted object and then brings it up to date', async () => {
    const { store, server, keep } = makeSaver();
    keep();
    await settle();
    store.apply(setObjectCategory('k', 2));
    await settle();
    store.apply(undoStep());
    store.apply(undoStep());
    await settle();
    store.apply(redoStep());
    await settle();
    expect(server.shown()[0]).toMatchObject({ category_id: 1 });
  });

  it('adopts loaded objects without sending them, and deletes them when asked', async () => {
    const { store, server, saver } = makeSaver();
    const created = await server.api.create(1, makeJson());
    const object = makeObject('a1');
    saver.adopt(1, object, created);
    store.apply(loadObjects(1, [object]));
    await settle();
    expect(server.calls).toEqual(['create']);
    store.apply(deleteObject('a1'));
    await settle();
    expect(server.shown()).toEqual([]);
  });

  it('keeps what could not be sent, counts it as waiting, and tries again with growing pauses', async () => {
    const { store, server, pending, report, timers, keep, nextTry } = makeSaver();
    server.failWith([new NetworkError('down'), new NetworkError('down')]);
    keep();
    await settle();
    expect(store.get().saves).toEqual({ k: 'waiting' });
    expect(pending.saves.get('k')?.desired?.key).toBe('k');
    expect(timers[0].pause).toBe(1000);
    await nextTry();
    expect(timers[0].pause).toBe(2000);
    await nextTry();
    expect(store.get().saves).toEqual({});
    expect(server.shown()).toHaveLength(1);
    expect(report).not.toHaveBeenCalled();
  });

  it('waits for a server that fails, too', async () => {
    const { store, server, keep } = makeSaver();
    server.failWith([new ApiError({ code: 'internal', message: 'oops', hint: '' }, 500)]);
    keep();
    await settle();
    expect(store.get().saves).toEqual({ k: 'waiting' });
  });

  it('does not keep an object twice when only the answer was lost', async () => {
    const { server, keep, nextTry } = makeSaver();
    server.loseAnswers(1);
    keep();
    await settle();
    await nextTry();
    expect(server.calls).toEqual(['create', 'create']);
    expect(server.shown()).toHaveLength(1);
  });

  it('shows a refusal, goes on with the others, and sends again when asked', async () => {
    const { store, server, report, saver, keep } = makeSaver();
    server.failWith([REFUSAL]);
    keep('first');
    keep('second');
    await settle();
    expect(store.get().saves).toEqual({ first: 'failed' });
    expect(report).toHaveBeenCalledExactlyOnceWith(REFUSAL, 'an object was not saved');
    expect(server.shown()).toHaveLength(1);
    saver.retry();
    await settle();
    expect(store.get().saves).toEqual({});
    expect(server.shown()).toHaveLength(2);
  });

  it('sends nothing for an object that was undone before it was sent', async () => {
    const { store, server, keep } = makeSaver();
    server.failWith([new NetworkError('down')]);
    keep();
    await settle();
    store.apply(undoStep());
    await settle();
    expect(store.get().saves).toEqual({});
    expect(server.shown()).toEqual([]);
  });

  it('deletes an object that was undone before anybody knew whether it had arrived', async () => {
    const { store, server, keep, nextTry } = makeSaver();
    server.loseAnswers(1);
    keep();
    store.apply(undoStep());
    await settle();
    await nextTry();
    expect(server.calls).toEqual(['create', 'list', 'remove']);
    expect(server.shown()).toEqual([]);
    expect(store.get().saves).toEqual({});
  });

  it('takes up what an earlier page left behind', async () => {
    const { server, pending, saver } = makeSaver();
    saver.recall({ key: 'old', imageId: 1, serverId: null, desired: makeObject('old') });
    expect(pending.saves.get('old')).toMatchObject({ serverId: null, deleted: false });
    await settle();
    expect(server.calls).toEqual(['create']);
    expect(server.shown()).toHaveLength(1);
    expect(pending.saves.size).toBe(0);
  });

  it('finds the object of an earlier page that had arrived', async () => {
    const { server, saver } = makeSaver();
    await server.api.create(1, { ...makeJson(), client_key: 'old' });
    saver.recall({ key: 'old', imageId: 1, serverId: null, desired: makeObject('old') });
    await settle();
    expect(server.shown()).toHaveLength(1);
    expect(server.shown()[0].segmentation.counts).toBe('old');
  });

  it('deletes what an earlier page had deleted without being heard', async () => {
    const { store, server, saver } = makeSaver();
    await server.api.create(1, makeJson());
    saver.recall({ key: 'a1', imageId: 1, serverId: 1, revision: 1, deleted: false, desired: null });
    await settle();
    expect(server.shown()).toEqual([]);
    expect(store.get().saves).toEqual({});
  });
});

describe('annotation saver, when somebody else saves the same object', () => {
  /** Two pages show one object; theirs gives it class 2, ours does not know. */
  async function makeConflict() {
    const page = makeSaver();
    page.keep();
    await settle();
    await page.server.api.update(1, { category_id: 2, predicted_iou: 0.5 }, 1);
    return page;
  }
  const shownObjects = (/** @type {ReturnType<typeof makeSaver>} */ { store }) => keptObjects(store.get());

  it('overwrites nothing, and shows both versions', async () => {
    const page = await makeConflict();
    page.store.apply(deleteObject('k'));
    await settle();
    expect(page.store.get().saves).toEqual({ k: 'conflict' });
    expect(page.store.get().conflicts.k).toMatchObject({ imageId: 1, theirs: { key: 'k', categoryId: 2 } });
    expect(page.server.shown()[0]).toMatchObject({ category_id: 2, revision: 2 });
    expect(page.pending.saves.get('k')).toMatchObject({ revision: 1, desired: null });
    expect(page.report).not.toHaveBeenCalled();
  });

  it('keeps mine when told so', async () => {
    const page = await makeConflict();
    page.store.apply(deleteObject('k'));
    await settle();
    page.saver.resolve('k', 'mine');
    await settle();
    expect(page.server.shown()).toEqual([]);
    expect(page.store.get()).toMatchObject({ saves: {}, conflicts: {} });
    page.store.apply(undoStep());
    await settle();
    expect(page.server.shown()[0]).toMatchObject({ category_id: 1 });
  });

  it('takes theirs when told so, and undo brings mine back to the server', async () => {
    const page = await makeConflict();
    page.store.apply(deleteObject('k'));
    await settle();
    page.saver.resolve('k', 'theirs');
    await settle();
    expect(shownObjects(page)).toMatchObject([{ key: 'k', categoryId: 2 }]);
    expect(page.store.get()).toMatchObject({ saves: {}, conflicts: {} });
    expect(page.pending.saves.size).toBe(0);
    page.store.apply(undoStep());
    await settle();
    expect(page.server.shown()).toEqual([]);
    page.store.apply(redoStep());
    await settle();
    expect(page.server.shown()[0]).toMatchObject({ category_id: 2 });
  });

  it('shows a deletion elsewhere, too, and both ways out of it', async () => {
    for (const choice of /** @type {const} */ (['mine', 'theirs'])) {
      const page = makeSaver();
      page.keep();
      await settle();
      await page.server.api.remove(1, 1);
      page.store.apply(setObjectCategory('k', 2));
      await settle();
      expect(page.store.get().conflicts.k).toEqual({ imageId: 1, theirs: null });
      page.saver.resolve('k', choice);
      await settle();
      expect(page.server.shown().map((one) => one.category_id)).toEqual(choice === 'mine' ? [2] : []);
      expect(shownObjects(page)).toHaveLength(choice === 'mine' ? 1 : 0);
      expect(page.store.get()).toMatchObject({ saves: {}, conflicts: {} });
    }
  });

  it('asks nothing any more when both have deleted it', async () => {
    const page = makeSaver();
    page.keep();
    await settle();
    await page.server.api.remove(1, 1);
    page.store.apply(setObjectCategory('k', 2));
    await settle();
    expect(page.store.get().conflicts.k).toBeDefined();
    page.store.apply(deleteObject('k'));
    await settle();
    expect(page.store.get()).toMatchObject({ saves: {}, conflicts: {} });
    expect(page.pending.saves.size).toBe(0);
  });

  it('goes on with other objects, and with changes to the one in question, until it is decided', async () => {
    const page = await makeConflict();
    page.store.apply(deleteObject('k'));
    await settle();
    page.keep('other');
    await settle();
    expect(page.server.shown()).toHaveLength(2);
    // The acceptance, the click, and the deletion of the object in question.
    for (let step = 0; step < 3; step += 1) page.store.apply(undoStep());
    await settle();
    expect(page.store.get().saves).toEqual({ k: 'conflict' });
    expect(page.server.shown()).toHaveLength(1);
    page.saver.resolve('k', 'mine');
    await settle();
    expect(page.server.shown()).toMatchObject([{ category_id: 1 }]);
    page.saver.resolve('k', 'mine');
  });

  it('asks again after a reload instead of overwriting', async () => {
    const earlier = await makeConflict();
    earlier.store.apply(deleteObject('k'));
    await settle();
    const [save] = earlier.pending.saves.values();
    const page = makeSaver(earlier.server);
    page.saver.adopt(1, makeObject('k', { categoryId: 2 }), earlier.server.shown()[0]);
    page.saver.recall(save);
    await settle();
    expect(page.store.get().conflicts.k.theirs).toMatchObject({ categoryId: 2 });
    expect(page.server.shown()).toHaveLength(1);
  });

  it('does not take a lost answer for a conflict', async () => {
    const page = makeSaver();
    page.keep();
    await settle();
    page.server.loseAnswers(1);
    page.store.apply(setObjectCategory('k', 2));
    await settle();
    await page.nextTry();
    expect(page.store.get()).toMatchObject({ saves: {}, conflicts: {} });
    expect(page.server.shown()[0]).toMatchObject({ category_id: 2, revision: 2 });
  });
});

function makeJson() {
  return {
    category_id: 1,
    segmentation: makeObject('a1').rle,
    model_id: null,
    predicted_iou: null,
    prompts: { points: [], box: null },
    low_res_logits: null,
  };
}
