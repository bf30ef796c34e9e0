import { describe, expect, it } from 'vitest';
import { openPendingWork } from '../../../static/js/api/pending_saves.js';
import { memoryDatabase } from './memory_database.js';

/** @import {Stores} from './memory_database.js' */

/** @type {(id: string, ...others: string[]) => import('../../../static/js/api/tab_lock.js').Tab} */
const tab = (id, ...others) => ({ id, others: async () => new Set(others) });

/** @type {(key: string, desired: string | null) => {key: string, imageId: number, serverId: null, desired: string | null}} */
const save = (key, desired) => ({ key, imageId: 1, serverId: null, desired });

describe('pending work', () => {
  it('goes to the next page, the newest wish for each object, until the server has it', async () => {
    /** @type {Stores} */
    const stores = new Map();
    const first = await openPendingWork(memoryDatabase(stores), tab('one'));
    await first.saves.put(save('a', 'first'));
    await first.saves.put(save('a', 'second'));
    await first.saves.put(save('b', null));
    await first.saves.put(save('c', 'arrived'));
    await first.saves.forget('c');
    await first.drafts.put({ key: '1', imageId: 1, modelId: 'm', changedAt: 5, draft: 'clicks' });
    expect(await first.saves.list()).toEqual([]);

    const next = await openPendingWork(memoryDatabase(stores), tab('two'));
    expect((await next.saves.list()).map(({ key, desired }) => [key, desired])).toEqual([
      ['a', 'second'],
      ['b', null],
    ]);
    expect(await next.drafts.list()).toMatchObject([{ imageId: 1, draft: 'clicks' }]);
    expect(await next.saves.list()).toEqual([]);
    await next.saves.forget('a');
    const last = await openPendingWork(memoryDatabase(stores), tab('three'));
    expect((await last.saves.list()).map(({ key }) => key)).toEqual(['b']);
  });

  it('leaves to other tabs what is theirs', async () => {
    /** @type {Stores} */
    const stores = new Map();
    const one = await openPendingWork(memoryDatabase(stores), tab('one', 'two'));
    const two = await openPendingWork(memoryDatabase(stores), tab('two', 'one'));
    await one.saves.put(save('a', 'of one'));
    await two.saves.put(save('a', 'of two'));
    expect(await one.saves.list()).toEqual([]);
    await two.saves.forget('a');
    const third = await openPendingWork(memoryDatabase(stores), tab('three'));
    expect(await third.saves.list()).toMatchObject([{ key: 'a', desired: 'of one' }]);
  });

  it('takes up what the first version of the page left behind', async () => {
    const stores = /** @type {Stores} */ (new Map());
    stores.set('pending_saves', new Map([['a', /** @type {never} */ (save('a', 'old'))]]));
    const { saves } = await openPendingWork(memoryDatabase(stores), tab('one'));
    expect(await saves.list()).toMatchObject([{ key: 'a', desired: 'old' }]);
    expect(stores.has('pending_saves')).toBe(false);
  });

  it('is safe only when everything was written', async () => {
    const options = { fails: false };
    const { saves, isSafe } = await openPendingWork(memoryDatabase(new Map(), options), tab('one'));
    const writing = saves.put(save('a', 'x'));
    expect(isSafe()).toBe(false);
    await writing;
    expect(isSafe()).toBe(true);
    options.fails = true;
    await expect(saves.put(save('a', 'y'))).rejects.toMatchObject({
      code: 'browser_storage_full',
      hint: expect.stringContaining('go to the server'),
    });
    expect(isSafe()).toBe(false);
    options.fails = false;
    await saves.put(save('b', 'z'));
    expect(isSafe()).toBe(false);
    await saves.put(save('a', 'y'));
    expect(isSafe()).toBe(true);
  });

  it('holds back what somebody else made, until they are back or it is discarded', async () => {
    /** @type {Stores} */
    const stores = new Map();
    const ben = { id: 2, name: 'Ben', role: 'annotator' };
    const rita = { id: 3, name: 'Rita' };
    const first = await openPendingWork(memoryDatabase(stores), tab('one'), () => ben);
    await first.saves.put(save('a', 'of Ben'));
    await first.drafts.put({ key: '1', imageId: 1, modelId: 'm', changedAt: 5, draft: 'clicks' });
    const second = await openPendingWork(memoryDatabase(stores), tab('two'), () => rita);
    await second.saves.put(save('b', 'of Rita'));
    expect(await second.saves.list()).toEqual([]);
    expect(await second.drafts.list()).toEqual([]);
    expect(await second.ofOthers()).toMatchObject([
      { person: { id: 2, name: 'Ben' }, saves: [{ key: 'a', desired: 'of Ben' }], drafts: [{ draft: 'clicks' }] },
    ]);
    expect(JSON.stringify(await second.ofOthers())).not.toContain('annotator');

    const third = await openPendingWork(memoryDatabase(stores), tab('three', 'two'), () => ben);
    expect(await third.ofOthers()).toEqual([]);
    expect((await third.saves.list()).map(({ key }) => key)).toEqual(['a']);

    const fourth = await openPendingWork(memoryDatabase(stores), tab('four'), () => ({ id: 4, name: 'Ada' }));
    await fourth.discard(2);
    expect((await fourth.ofOthers()).map(({ person }) => person.name)).toEqual(['Rita']);
    await fourth.discard(4);
    expect(await fourth.ofOthers()).toHaveLength(1);
  });

  it('leaves what another tab of somebody else still works on', async () => {
    /** @type {Stores} */
    const stores = new Map();
    const open = await openPendingWork(memoryDatabase(stores), tab('one', 'two'), () => ({ id: 2, name: 'Ben' }));
    await open.saves.put(save('a', 'of Ben'));
    const other = await openPendingWork(memoryDatabase(stores), tab('two', 'one'), () => ({ id: 3, name: 'Rita' }));
    expect(await other.ofOthers()).toEqual([]);
    await other.discard(2);
    expect(stores.get('saves')?.size).toBe(1);
  });

  it('gives work without a name to whoever comes: it is from a server without accounts', async () => {
    /** @type {Stores} */
    const stores = new Map();
    const first = await openPendingWork(memoryDatabase(stores), tab('one'));
    await first.saves.put(save('a', 'x'));
    const second = await openPendingWork(memoryDatabase(stores), tab('two'), () => ({ id: 3, name: 'Rita' }));
    expect(await second.ofOthers()).toEqual([]);
    expect(await second.saves.list()).toHaveLength(1);
  });

  it('takes over a record of a tab that is gone whole or not at all', async () => {
    /** @type {Stores} */
    const stores = new Map();
    const gone = await openPendingWork(memoryDatabase(stores), tab('one'));
    await gone.saves.put(save('a', 'x'));
    const full = { fails: true };
    const next = await openPendingWork(memoryDatabase(stores, full), tab('two'));
    await expect(next.saves.list()).rejects.toMatchObject({ code: 'browser_storage_full' });
    full.fails = false;
    expect(await next.saves.list()).toMatchObject([{ key: 'a', desired: 'x' }]);
  });

  it('says so when the browser refuses, or an earlier version is open in another tab', async () => {
    for (const event of /** @type {const} */ (['onerror', 'onblocked'])) {
      const refused = { error: new Error('private window'), onerror: () => {}, onblocked: () => {} };
      const factory = /** @type {IDBFactory} */ (/** @type {unknown} */ ({ open: () => refused }));
      const opening = openPendingWork(factory, tab('one'));
      refused[event]();
      await expect(opening).rejects.toThrow(event === 'onerror' ? 'private window' : 'must be closed first');
    }
  });
});
