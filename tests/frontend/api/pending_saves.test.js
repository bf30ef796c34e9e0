import { describe, expect, it } from 'vitest';
import { openPendingSaves } from '../../../static/js/api/pending_saves.js';

/**
 * Make a database that keeps its values in a map, as far as pending saves need one.
 *
 * @returns {IDBFactory} the database
 */
function memoryDatabase() {
  /** @type {Map<string, {key: string}>} */
  const values = new Map();
  const store = {
    getAll: () => request(() => [...values.values()]),
    put: (/** @type {{key: string}} */ value) => request(() => values.set(value.key, structuredClone(value))),
    delete: (/** @type {string} */ key) => request(() => values.delete(key)),
  };
  const database = { transaction: () => ({ objectStore: () => store }), createObjectStore: () => store };
  const factory = { open: () => request(() => database, true) };
  return /** @type {IDBFactory} */ (/** @type {unknown} */ (factory));
}

/**
 * @param {() => unknown} run makes the result
 * @param {boolean} [isNew] the database is made first
 * @returns {{result: unknown, onsuccess?: () => void, onupgradeneeded?: () => void}} a request that succeeds later
 */
function request(run, isNew = false) {
  const asked = /** @type {ReturnType<typeof request>} */ ({ result: undefined });
  queueMicrotask(() => {
    asked.result = run();
    if (isNew) asked.onupgradeneeded?.();
    asked.onsuccess?.();
  });
  return asked;
}

describe('pending saves', () => {
  it('keep the newest wish for each object until the server has it', async () => {
    const pending = await openPendingSaves(memoryDatabase());
    await pending.put({ key: 'a', imageId: 1, serverId: null, desired: 'first' });
    await pending.put({ key: 'a', imageId: 1, serverId: null, desired: 'second' });
    await pending.put({ key: 'b', imageId: 2, serverId: 5, desired: null });
    expect(await pending.list()).toEqual([
      { key: 'a', imageId: 1, serverId: null, desired: 'second' },
      { key: 'b', imageId: 2, serverId: 5, desired: null },
    ]);
    await pending.forget('a');
    expect((await pending.list()).map(({ key }) => key)).toEqual(['b']);
  });

  it('say so when the browser refuses', async () => {
    const refused = { error: new Error('private window'), onerror: () => {} };
    const factory = /** @type {IDBFactory} */ (/** @type {unknown} */ ({ open: () => refused }));
    const opening = openPendingSaves(factory);
    refused.onerror();
    await expect(opening).rejects.toThrow('private window');
  });
});
