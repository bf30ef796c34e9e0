import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../static/js/api/api_error.js';
import { sendToServer } from '../../../static/js/services/annotation_sending.js';
import { makeObject } from '../session_builders.js';
import { fakeServer } from './service_bench.js';

/** @import {SaveEntry} from '../../../static/js/services/annotation_saver.js' */

/** @type {(change?: Partial<SaveEntry>) => SaveEntry} */
const entryWith = (change) => ({
  key: 'k',
  imageId: 1,
  serverId: null,
  remote: null,
  lastRemote: null,
  desired: null,
  uncertain: false,
  refused: undefined,
  ...change,
});

describe('annotation sending', () => {
  it('notes what the server has after each request', async () => {
    const { api } = fakeServer();
    const server = { api, isKnown: () => false };
    const entry = entryWith();
    const object = makeObject('k');
    await sendToServer(entry, object, server);
    expect(entry).toMatchObject({ serverId: 1, uncertain: false });
    expect(entry.remote).toBe(object);
    await sendToServer(entry, null, server);
    expect(entry.remote).toBeNull();
    expect(entry.lastRemote).toBe(object);
  });

  it('does not take another object with the same mask for its own', async () => {
    const { api, shown } = fakeServer();
    const object = makeObject('k');
    await sendToServer(entryWith(), object, { api, isKnown: () => false });
    await sendToServer(entryWith({ uncertain: true }), object, { api, isKnown: (id) => id === 1 });
    expect(shown()).toHaveLength(2);
  });

  it('takes an object that is gone already for deleted', async () => {
    const { api, failWith } = fakeServer();
    const server = { api, isKnown: () => false };
    const entry = entryWith({ serverId: 9, remote: makeObject('k') });
    await sendToServer(entry, null, server);
    expect(entry.remote).toBeNull();
    failWith([new ApiError({ code: 'forbidden', message: 'no', hint: '' }, 403)]);
    const other = entryWith({ serverId: 9, remote: makeObject('k') });
    await expect(sendToServer(other, null, server)).rejects.toThrow('no');
    expect(other.remote).not.toBeNull();
  });

  it('is certain again after a refusal', async () => {
    const { api, failWith } = fakeServer();
    failWith([new ApiError({ code: 'mask_empty', message: 'no', hint: '' }, 400)]);
    const entry = entryWith();
    await expect(sendToServer(entry, makeObject('k'), { api, isKnown: () => false })).rejects.toThrow(ApiError);
    expect(entry.uncertain).toBe(false);
  });
});
