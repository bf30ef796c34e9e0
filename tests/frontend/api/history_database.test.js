import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHistories } from '../../../static/js/api/history_database.js';
import { MemoryKeyRange, memoryDatabase } from './memory_database.js';

/** @import {Stores} from './memory_database.js' */
/** @import {Histories} from '../../../static/js/api/history_database.js' */

/** @type {(id: string, ...others: string[]) => import('../../../static/js/api/tab_lock.js').Tab} */
const tab = (id, ...others) => ({ id, others: async () => new Set(others) });

/** @type {(id: string, changedAt: number) => import('../../../static/js/api/history_database.js').HistoryHead} */
const head = (id, changedAt) => ({ id, imageId: 1, at: 0, length: 2, modelId: 'm', nextRevision: 3, changedAt });

const NOTHING = { steps: [], large: [], gone: { steps: [], large: [] } };

beforeEach(() => vi.stubGlobal('IDBKeyRange', MemoryKeyRange));
afterEach(() => vi.unstubAllGlobals());

describe('histories', () => {
  it('give the next page the steps that were written last, and large values by name', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const first = /** @type {Histories<string>} */ (await openHistories(memoryDatabase(stores), tab('one')));
    const values = Float32Array.of(0.1, 0.2);
    await first.write({
      ...NOTHING,
      head: head('h', 1),
      steps: [
        [0, 'a'],
        [1, 'b'],
      ],
      large: [
        ['1.0', values],
        ['1.1', values],
      ],
    });
    await first.write({
      ...NOTHING,
      head: { ...head('h', 2), at: 1 },
      steps: [[1, 'c']],
      gone: { steps: [], large: ['1.1'] },
    });
    const next = /** @type {Histories<string>} */ (await openHistories(memoryDatabase(stores), tab('two')));
    expect(await next.find(1)).toEqual({ ...head('h', 2), at: 1 });
    expect(await next.find(2)).toBeNull();
    expect(await next.steps('h', 0, 2)).toEqual(['a', 'c']);
    expect(await next.large('h', ['1.0', '1.1'])).toEqual(
      new Map([
        ['1.0', values],
        ['1.1', undefined],
      ]),
    );
  });

  it('leave the history of a living tab alone and take the newest of those that are gone', async () => {
    const stores = /** @type {Stores} */ (new Map());
    for (const [id, changedAt] of /** @type {const} */ ([
      ['old', 1],
      ['new', 3],
      ['mid', 2],
    ])) {
      await (await openHistories(memoryDatabase(stores), tab(id))).write({ ...NOTHING, head: head(id, changedAt) });
    }
    const second = await openHistories(memoryDatabase(stores), tab('x', 'new'));
    expect((await second.find(1))?.id).toBe('mid');
    // What was outdone by the newest free one is gone, with its steps.
    expect([...(stores.get('heads')?.keys() ?? [])].sort()).toEqual(['mid', 'new']);
  });

  it('make room: the images that were not touched for longest lose their steps', async () => {
    const stores = /** @type {Stores} */ (new Map());
    for (let image = 1; image <= 4; image += 1) {
      const histories = await openHistories(memoryDatabase(stores), tab(`tab${image}`));
      const large = /** @type {const} */ ([['0.0', Float32Array.of(image)]]);
      await histories.write({
        ...NOTHING,
        head: { ...head(`h${image}`, image), imageId: image },
        steps: [[0, 'a']],
        large,
      });
    }
    const last = await openHistories(memoryDatabase(stores), tab('last', 'tab1'), { most: 1 });
    expect((await last.find(2))?.id).toBe('h2');
    // The first belongs to a living tab, the second is this one, the fourth is the newest of the others.
    for (const name of ['heads', 'steps', 'large']) {
      expect([...(stores.get(name)?.keys() ?? [])].map((id) => id.split(' ')[0]).sort()).toEqual(['h1', 'h2', 'h4']);
    }
  });

  it('are not taken over from somebody else, whose steps back would be undone under the wrong name', async () => {
    const stores = /** @type {Stores} */ (new Map());
    const openFor = (/** @type {string} */ id, /** @type {{id: number, name: string}} */ person) =>
      openHistories(memoryDatabase(stores), tab(id), { who: () => person });
    const [ben, rita] = [
      { id: 2, name: 'Ben' },
      { id: 3, name: 'Rita' },
    ];
    await (await openFor('one', ben)).write({ ...NOTHING, head: head('h', 1) });
    const other = await openFor('two', rita);
    expect(await other.find(1)).toBeNull();
    await other.discard(9);
    expect(await (await openFor('three', ben)).find(1)).toEqual(head('h', 1));
    await (await openFor('four', rita)).discard(2);
    expect(await (await openFor('five', ben)).find(1)).toBeNull();
  });

  it('say when nothing can be written', async () => {
    const histories = await openHistories(memoryDatabase(new Map(), { fails: true }), tab('one'));
    await expect(histories.write({ ...NOTHING, head: head('h', 1) })).rejects.toThrow('must have room');
  });
});
