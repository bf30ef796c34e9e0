/** Which tabs of the page are alive: each holds a lock that the browser gives back when the tab ends, however it ends. */

/**
 * @typedef {object} Tab
 * @property {string} id of this tab
 * @property {() => Promise<Set<string>>} others ids of the other tabs that are alive
 */

const PREFIX = 'maskwright tab ';

/**
 * Claim an id for as long as the tab lives.
 *
 * @param {LockManager | undefined} locks `navigator.locks`; missing where the page did not come over a safe connection,
 *   then other tabs are taken for gone
 * @param {string} id a new one
 * @returns {Promise<Tab>} the tab, once its id is held
 */
export async function claimTab(locks, id) {
  if (!locks) return { id, others: async () => new Set() };
  await new Promise((claimed, failed) => {
    const forEver = new Promise(() => {});
    const held = () => {
      claimed(undefined);
      return forEver;
    };
    locks.request(PREFIX + id, held).catch(failed);
  });
  return {
    id,
    async others() {
      const { held = [] } = await locks.query();
      const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(PREFIX));
      return new Set(names.map((name) => name.slice(PREFIX.length)).filter((other) => other !== id));
    },
  };
}
