import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';
import { sendToServer } from '../../../static/js/services/annotation_sending.js';
import { unknownEntry } from '../../../static/js/services/save_entry.js';
import { makeObject } from '../session_builders.js';
import { fakeServer } from './service_bench.js';

/** @import {SaveEntry} from '../../../static/js/services/save_entry.js' */

/** @type {(change?: Partial<SaveEntry>) => SaveEntry} */
const entryWith = (change) => ({ ...unknownEntry(1, 'k'), ...change });

describe('annotation sending', () => {
  it('notes what the server has after each request', async () => {
    const { api } = fakeServer();
    const entry = entryWith();
    const object = makeObject('k');
    await sendToServer(entry, object, api);
    expect(entry).toMatchObject({ serverId: 1, revision: 1, uncertain: false });
    expect(entry.remote).toBe(object);
    const changed = { ...object, categoryId: 2 };
    await sendToServer(entry, changed, api);
    expect(entry).toMatchObject({ revision: 2, remote: changed });
    await sendToServer(entry, null, api);
    expect(entry).toMatchObject({ remote: null, lastRemote: changed, deleted: true, revision: 3 });
    await sendToServer(entry, object, api);
    expect(entry).toMatchObject({ remote: object, deleted: false, revision: 5 });
  });

  it('sends an object whose answer was lost once more, under the same key', async () => {
    const { api, shown, loseAnswers } = fakeServer();
    loseAnswers(1);
    const entry = entryWith();
    await expect(sendToServer(entry, makeObject('k'), api)).rejects.toThrow(NetworkError);
    expect(entry.uncertain).toBe(true);
    const changed = makeObject('k', { categoryId: 2 });
    await sendToServer(entry, changed, api);
    expect(shown()).toHaveLength(1);
    expect(entry).toMatchObject({ serverId: 1, revision: 1, remote: { categoryId: 1 } });
    await sendToServer(entry, changed, api);
    expect(shown()).toMatchObject([{ category_id: 2, client_key: 'k' }]);
  });

  it('keeps two objects with the same mask apart', async () => {
    const { api, shown } = fakeServer();
    await sendToServer(entryWith(), makeObject('k'), api);
    await sendToServer({ ...unknownEntry(1, 'l'), uncertain: true }, makeObject('k'), api);
    expect(shown()).toHaveLength(2);
  });

  it('shows what somebody made of an object whose answer was lost', async () => {
    const { api, loseAnswers, shown } = fakeServer();
    for (const theirs of ['changed', 'deleted']) {
      loseAnswers(1);
      const entry = unknownEntry(1, theirs);
      await expect(sendToServer(entry, makeObject('k'), api)).rejects.toThrow(NetworkError);
      const { id } = shown()[shown().length - 1];
      if (theirs === 'changed') await api.update(id, { category_id: 2 }, 1);
      else await api.remove(id, 1);
      await sendToServer(entry, makeObject('k'), api);
      expect(entry.serverId).toBe(id);
      expect(entry.theirs?.object?.categoryId ?? null).toBe(theirs === 'changed' ? 2 : null);
    }
  });

  it('brings an object back that an earlier page had deleted', async () => {
    const { api, calls, shown } = fakeServer();
    const earlier = entryWith();
    await sendToServer(earlier, makeObject('k'), api);
    await sendToServer(earlier, null, api);
    const entry = entryWith();
    const object = makeObject('k', { categoryId: 2 });
    await sendToServer(entry, object, api);
    expect(entry).toMatchObject({ serverId: 1, theirs: null, deleted: false, revision: 4 });
    expect(entry.remote).toBe(object);
    expect(shown()).toMatchObject([{ category_id: 2, client_key: 'k' }]);
    expect(calls.slice(2)).toEqual(['create', 'restore', expect.stringMatching('^update')]);
  });

  it('shows what somebody made of an object that this page had deleted', async () => {
    const { api } = fakeServer();
    const entry = entryWith();
    const object = makeObject('k');
    await sendToServer(entry, object, api);
    await sendToServer(entry, null, api);
    await api.restore(1);
    await api.update(1, { category_id: 2 }, null);
    await sendToServer(entry, object, api);
    expect(entry.theirs).toMatchObject({ object: { categoryId: 2 }, revision: 4 });
  });

  it('takes an object that is gone already for deleted', async () => {
    const { api, failWith } = fakeServer();
    const entry = entryWith({ serverId: 9, remote: makeObject('k') });
    await sendToServer(entry, null, api);
    expect(entry).toMatchObject({ remote: null, deleted: true });
    failWith([new ApiError({ code: 'forbidden', message: 'no', hint: '' }, 403)]);
    const other = entryWith({ serverId: 9, remote: makeObject('k') });
    await expect(sendToServer(other, null, api)).rejects.toThrow('no');
    expect(other.remote).not.toBeNull();
  });

  it('fails when there is nothing left to restore', async () => {
    const { api } = fakeServer();
    const entry = entryWith({ serverId: 9, deleted: true });
    await expect(sendToServer(entry, makeObject('k'), api)).rejects.toThrow('no 9');
    expect(entry.theirs).toBeNull();
  });

  it('is certain again after a refusal', async () => {
    const { api, failWith } = fakeServer();
    failWith([new ApiError({ code: 'mask_empty', message: 'no', hint: '' }, 400)]);
    const entry = entryWith();
    await expect(sendToServer(entry, makeObject('k'), api)).rejects.toThrow(ApiError);
    expect(entry.uncertain).toBe(false);
  });
});
