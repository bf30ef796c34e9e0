/** Keeps what the server does not have yet in the browser's own database, so that a closed page loses nothing. */

/** @import {ImageJson} from '../types.js' */

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
 * @typedef {object} PendingSaves
 * @property {() => Promise<PendingSave<Value>[]>} list what an earlier page left behind
 * @property {(save: PendingSave<Value>) => Promise<void>} put remembers, in place of an earlier one with the key
 * @property {(key: string) => Promise<void>} forget the server has it
 */

const DATABASE = 'maskwright';
const STORE = 'pending_saves';

/**
 * Open the store.
 *
 * @template Value
 * @param {IDBFactory} factory `indexedDB`
 * @returns {Promise<PendingSaves<Value>>} rejects when the browser refuses to store anything
 */
export async function openPendingSaves(factory) {
  const opening = factory.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'key' });
  const database = await finished(opening);
  /** @type {(mode: IDBTransactionMode) => IDBObjectStore} */
  const store = (mode) => database.transaction(STORE, mode).objectStore(STORE);
  return {
    list: () => finished(store('readonly').getAll()),
    put: async (save) => void (await finished(store('readwrite').put(save))),
    forget: (key) => finished(store('readwrite').delete(key)),
  };
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
