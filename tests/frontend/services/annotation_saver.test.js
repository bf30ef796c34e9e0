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
import { clickAndAnswer, makeObject, settle, storeWithImages } from '../session_builders.js';
import { fakeServer, memorySaves } from './service_bench.js';

function makeSaver() {
  const store = storeWithImages();
  const server = fakeServer();
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
    saver.adopt(1, object, created.id);
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
    expect(server.calls).toEqual(['create', 'list']);
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

  it('takes up what an earlier page left behind', async () => {
    const { server, saver } = makeSaver();
    saver.recall({ key: 'old', imageId: 1, serverId: null, desired: makeObject('old') });
    await settle();
    expect(server.calls).toEqual(['list', 'create']);
    expect(server.shown()).toHaveLength(1);
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
