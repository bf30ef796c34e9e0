import { describe, expect, it, vi } from 'vitest';
import { NetworkError } from '../../../static/js/api/api_error.js';
import { AnnotationSaver } from '../../../static/js/services/annotation_saver.js';
import { formatAnnotation } from '../../../static/js/services/object_json.js';
import { createObjectLoading } from '../../../static/js/services/object_loading.js';
import { keptObjects } from '../../../static/js/state/selectors.js';
import { makeObject, settle, storeWithImages } from '../session_builders.js';
import { fakeServer, memorySaves } from './service_bench.js';

/** @import {PendingSave} from '../../../static/js/api/pending_saves.js' */
/** @import {KeptObject} from '../../../static/js/state/state_types.js' */

/** @param {PendingSave<KeptObject>[]} [left] what an earlier page left behind */
function makeLoading(left = []) {
  const store = storeWithImages();
  const server = fakeServer();
  const report = vi.fn();
  const pending = memorySaves(left);
  const saver = new AnnotationSaver({ store, api: server.api, pending, report, schedule: vi.fn() });
  saver.start();
  return {
    store,
    server,
    report,
    pending,
    saver,
    loading: createObjectLoading({ store, api: server.api, saver, pending, report }),
  };
}

const JSON_OBJECT = formatAnnotation(makeObject('x'));

describe('object loading', () => {
  it('brings the objects once and sends nothing back', async () => {
    const { store, server, loading } = makeLoading();
    await server.api.create(1, JSON_OBJECT);
    await Promise.all([loading.load(1), loading.load(1)]);
    await settle();
    expect(keptObjects(store.get()).map(({ key }) => key)).toEqual(['a1']);
    expect(server.calls).toEqual(['create', 'list']);
  });

  it('may be asked again after a failure', async () => {
    const { server, loading } = makeLoading();
    server.failWith([new NetworkError('down')]);
    await expect(loading.load(1)).rejects.toThrow(NetworkError);
    await expect(loading.load(1)).resolves.toBeUndefined();
  });

  it('shows and sends what an earlier page could not save, and says so', async () => {
    const { store, server, pending, loading } = makeLoading([
      { key: 'uuid', imageId: 1, serverId: null, desired: makeObject('uuid') },
      { key: 'other', imageId: 1, serverId: 1, desired: { ...makeObject('other'), categoryId: 2 } },
    ]);
    await server.api.create(1, JSON_OBJECT);
    await loading.recall();
    await settle();
    expect(keptObjects(store.get()).map(({ key, categoryId }) => [key, categoryId])).toEqual([
      ['a1', 2],
      ['uuid', 1],
    ]);
    expect(server.shown()).toHaveLength(2);
    expect(server.shown()[0].category_id).toBe(2);
    expect(store.get().notices[0].message).toContain('2 changes');
    expect(pending.saves.size).toBe(0);
  });

  it('deletes what an earlier page had deleted', async () => {
    const { store, server, loading } = makeLoading([{ key: 'a1', imageId: 1, serverId: 1, desired: null }]);
    await server.api.create(1, JSON_OBJECT);
    await loading.recall();
    await settle();
    expect(server.shown()).toEqual([]);
    expect(keptObjects(store.get())).toEqual([]);
  });

  it('keeps unsaved work when its image cannot be read, and takes it up by the next call', async () => {
    const { server, report, pending, loading } = makeLoading([
      { key: 'uuid', imageId: 1, serverId: null, desired: makeObject('uuid') },
    ]);
    server.failWith([new NetworkError('down')]);
    await loading.recall();
    expect(report).toHaveBeenCalledOnce();
    expect(pending.saves.size).toBe(1);
    await loading.recall();
    await settle();
    expect(server.shown()).toHaveLength(1);
    expect(pending.saves.size).toBe(0);
  });
});
