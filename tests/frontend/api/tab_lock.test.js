import { describe, expect, it } from 'vitest';
import { claimTab } from '../../../static/js/api/tab_lock.js';

/** @returns {{locks: LockManager, held: string[]}} locks that are never given back */
function fakeLocks() {
  /** @type {string[]} */
  const held = ['something else'];
  const locks = {
    request: (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ run) => {
      held.push(name);
      return run();
    },
    query: async () => ({ held: held.map((name) => ({ name })) }),
  };
  return { held, locks: /** @type {LockManager} */ (/** @type {unknown} */ (locks)) };
}

describe('tab lock', () => {
  it('knows the other tabs that are alive', async () => {
    const { locks, held } = fakeLocks();
    const one = await claimTab(locks, 'one');
    expect(await one.others()).toEqual(new Set());
    await claimTab(locks, 'two');
    expect(await one.others()).toEqual(new Set(['two']));
    held.splice(2);
    expect(await one.others()).toEqual(new Set());
  });

  it('takes other tabs for gone where there are no locks', async () => {
    const tab = await claimTab(undefined, 'one');
    expect([tab.id, await tab.others()]).toEqual(['one', new Set()]);
  });

  it('says so when the browser refuses', async () => {
    const request = () => Promise.reject(new Error('no locks'));
    const locks = /** @type {LockManager} */ (/** @type {unknown} */ ({ request }));
    await expect(claimTab(locks, 'one')).rejects.toThrow('no locks');
  });
});
