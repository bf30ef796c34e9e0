/**
 * Keeps what the server does not have yet in the browser's own database, so that a closed page, a crash or a dead server
 * loses nothing. All tabs share one database; each keeps its own records and takes over those of tabs that are gone.
 */

/** @import {ImageJson} from '../types.js' */
/** @import {Tab} from './tab_lock.js' */

/**
 * @template Value
 * @typedef {object} PendingSave
 * @property {string} key identity of the object
 * @property {ImageJson['id']} imageId the image it lies on
 * @property {number | null} serverId the server's id, null when the server never answered
 * @property {number | null} [revision] the server's copy that the change starts from, null when none was seen
 * @property {boolean} [deleted] the server's copy was deleted by an earlier change
 * @property {Value | null} desired the object as it should be kept; null when it should be deleted
 */

/**
 * @template Value
 * @typedef {object} PendingDraft
 * @property {string} key the image, as a text
 * @property {ImageJson['id']} imageId the image it lies on
 * @property {string | null} modelId the model that has answered; null before it was known
 * @property {number} changedAt when, in milliseconds since 1970
 * @property {Value} draft the unfinished object
 */

/**
 * @template Kept
 * @typedef {object} Records
 * @property {() => Promise<Kept[]>} list what tabs that are gone left behind; it is this tab's from now on, and not listed
 *   again
 * @property {(value: Kept) => Promise<void>} put remembers, in place of an earlier one with the key
 * @property {(key: string) => Promise<void>} forget it is not needed any more
 */

/**
 * @template Value
 * @typedef {Records<PendingSave<Value>>} PendingSaves
 */

/**
 * @template Value
 * @typedef {Records<PendingDraft<Value>>} PendingDrafts
 */

/**
 * @template Saved
 * @template Draft
 * @typedef {object} PendingWork
 * @property {PendingSaves<Saved>} saves kept objects on their way to the server
 * @property {PendingDrafts<Draft>} drafts unfinished objects
 * @property {() => boolean} isSafe false while something is being written, and after a write failed
 */

const DATABASE = 'maskwright';
const VERSION = 2;
/** What the first version had instead of records of tabs. */
const FIRST_STORE = 'pending_saves';

/**
 * Open the memory.
 *
 * @template Saved
 * @template Draft
 * @param {IDBFactory} factory `indexedDB`
 * @param {Tab} tab who is asking
 * @returns {Promise<PendingWork<Saved, Draft>>} the memory; rejects when the browser refuses to store anything
 */
export async function openPendingWork(factory, tab) {
  const database = await openDatabase(factory);
  let writing = 0;
  let failed = false;
  /** @type {<T>(write: Promise<T>) => Promise<void>} */
  const watched = async (write) => {
    writing += 1;
    try {
      await write;
      failed = false;
    } catch (problem) {
      failed = true;
      throw problem;
    } finally {
      writing -= 1;
    }
  };
  return {
    saves: recordsOf(database, 'saves', tab, watched),
    drafts: recordsOf(database, 'drafts', tab, watched),
    isSafe: () => writing === 0 && !failed,
  };
}

/**
 * @template {{key: string}} Kept
 * @param {IDBDatabase} database the database
 * @param {'saves' | 'drafts'} name which records
 * @param {Tab} tab whose they are
 * @param {<T>(write: Promise<T>) => Promise<void>} watched counts writes
 * @returns {Records<Kept>} the records
 */
function recordsOf(database, name, tab, watched) {
  /** @type {(mode: IDBTransactionMode) => IDBObjectStore} */
  const store = (mode) => database.transaction(name, mode).objectStore(name);
  const put = (/** @type {Kept} */ value) =>
    watched(finished(store('readwrite').put({ ...value, id: idOf(tab.id, value.key), owner: tab.id })));
  return {
    put,
    forget: (key) => watched(finished(store('readwrite').delete(idOf(tab.id, key)))),
    async list() {
      const others = await tab.others();
      const all = /** @type {(Kept & {id: string, owner: string})[]} */ (await finished(store('readonly').getAll()));
      const left = all.filter(({ owner }) => owner !== tab.id && !others.has(owner));
      for (const record of left) {
        await put(record);
        await watched(finished(store('readwrite').delete(record.id)));
      }
      return left;
    },
  };
}

/** @type {(owner: string, key: string) => string} */
const idOf = (owner, key) => `${owner} ${key}`;

/** @type {(factory: IDBFactory) => Promise<IDBDatabase>} */
async function openDatabase(factory) {
  const opening = factory.open(DATABASE, VERSION);
  const blocked = new Promise((_, reject) => {
    opening.onblocked = () => reject(new Error('tabs with an earlier version must be closed first, got one open'));
  });
  opening.onupgradeneeded = () => {
    const database = opening.result;
    const saves = database.createObjectStore('saves', { keyPath: 'id' });
    database.createObjectStore('drafts', { keyPath: 'id' });
    if (!database.objectStoreNames.contains(FIRST_STORE)) return;
    const earlier = /** @type {IDBTransaction} */ (opening.transaction).objectStore(FIRST_STORE).getAll();
    earlier.onsuccess = () => {
      for (const save of earlier.result) saves.put({ ...save, id: idOf('', save.key), owner: '' });
      database.deleteObjectStore(FIRST_STORE);
    };
  };
  const database = await Promise.race([finished(opening), blocked]);
  // A later version of the page may need the database for itself.
  database.onversionchange = () => database.close();
  return database;
}

/**
 * @template T
 * @param {IDBRequest<T>} request a request of the database
 * @returns {Promise<T>} its result
 */
function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
