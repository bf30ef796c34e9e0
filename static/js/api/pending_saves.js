/**
 * Keeps what the server does not have yet in the browser's own database, so that a closed page, a crash or a dead server
 * loses nothing. All tabs share one database; each keeps its own records and takes over those of tabs that are gone, but
 * never those of another person: sent from here, they would be kept under the wrong name.
 */

/** @import {ImageJson} from '../types.js' */
/** @import {Tab} from './tab_lock.js' */

/**
 * @typedef {object} Person
 * @property {number} id of the user
 * @property {string} name for people
 */

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
 * @property {() => Promise<Kept[]>} list what tabs that are gone left behind, without what others made; it is this tab's
 *   from now on, and not listed again
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
 * @typedef {object} LeftWork
 * @property {Person} person who made it
 * @property {PendingSave<Saved>[]} saves objects that the server does not have
 * @property {PendingDraft<Draft>[]} drafts unfinished objects
 */

/**
 * @template Saved
 * @template Draft
 * @typedef {object} PendingWork
 * @property {PendingSaves<Saved>} saves kept objects on their way to the server
 * @property {PendingDrafts<Draft>} drafts unfinished objects
 * @property {() => Promise<LeftWork<Saved, Draft>[]>} ofOthers what other people left behind in tabs that are gone, by person
 * @property {(personId: number) => Promise<void>} discard forgets what one of them left behind
 * @property {() => boolean} isSafe false while something is being written, and while something could not be
 */

/** @typedef {{id: string, owner: string, person?: Person | null}} Mark what a record carries beside its value */

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
 * @param {Tab} tab which tab is asking
 * @param {() => Person | null} [who] who is signed in; null without accounts
 * @returns {Promise<PendingWork<Saved, Draft>>} the memory; rejects when the browser refuses to store anything
 */
export async function openPendingWork(factory, tab, who = () => null) {
  const database = await openDatabase(factory);
  let writing = 0;
  const unwritten = /** @type {Set<string>} */ (new Set());
  /** @type {(name: string, key: string, change: (store: IDBObjectStore) => void) => Promise<void>} */
  const write = async (name, key, change) => {
    const record = `${name} ${key}`;
    writing += 1;
    try {
      await committed(database, [name], (store) => change(store(name)));
      unwritten.delete(record);
    } catch (problem) {
      unwritten.add(record);
      throw problem;
    } finally {
      writing -= 1;
    }
  };
  /** @type {<Kept extends {key: string}>(name: string) => Promise<(Kept & Mark)[]>} */
  const leftBehind = async (name) => {
    const others = await tab.others();
    const all = await finished(database.transaction(name, 'readonly').objectStore(name).getAll());
    return all.filter(({ owner }) => owner !== tab.id && !others.has(owner));
  };
  /** @type {<Kept extends Mark>(record: Kept) => record is Kept & {person: Person}} */
  const isForeign = (record) => isOfOther(record, who());
  const parts = { tab, who, write, leftBehind, isForeign };
  return {
    saves: recordsOf('saves', parts),
    drafts: recordsOf('drafts', parts),
    async ofOthers() {
      /** @type {(PendingSave<Saved> & Mark)[]} */
      const saves = await leftBehind('saves');
      /** @type {(PendingDraft<Draft> & Mark)[]} */
      const drafts = await leftBehind('drafts');
      return byPerson(saves.filter(isForeign), drafts.filter(isForeign));
    },
    async discard(personId) {
      for (const name of ['saves', 'drafts']) {
        const records = (await leftBehind(name)).filter(isForeign).filter(({ person }) => person.id === personId);
        for (const { id, key } of records) await write(name, key, (store) => void store.delete(id));
      }
    },
    isSafe: () => writing === 0 && unwritten.size === 0,
  };
}

/**
 * @template {{key: string}} Kept
 * @param {'saves' | 'drafts'} name which records
 * @param {object} parts what they work with
 * @param {Tab} parts.tab whose they are
 * @param {() => Person | null} parts.who who is signed in
 * @param {(name: string, key: string, change: (store: IDBObjectStore) => void) => Promise<void>} parts.write changes a record
 * @param {<Left extends {key: string}>(name: string) => Promise<(Left & Mark)[]>} parts.leftBehind reads the records of tabs that are gone
 * @param {(mark: Mark) => boolean} parts.isForeign whether somebody else made a record
 * @returns {Records<Kept>} the records
 */
function recordsOf(name, { tab, who, write, leftBehind, isForeign }) {
  /** @type {(value: Kept) => Kept & Mark} */
  const own = (value) => ({ ...value, id: idOf(tab.id, value.key), owner: tab.id, person: named(who()) });
  return {
    put: (value) => write(name, value.key, (store) => void store.put(own(value))),
    forget: (key) => write(name, key, (store) => void store.delete(idOf(tab.id, key))),
    async list() {
      /** @type {(Kept & Mark)[]} */
      const all = await leftBehind(name);
      const left = all.filter((record) => !isForeign(record));
      for (const record of left) {
        await write(name, record.key, (records) => {
          records.put(own(record));
          records.delete(record.id);
        });
      }
      return left;
    },
  };
}

/**
 * @template Saved
 * @template Draft
 * @param {(PendingSave<Saved> & {person: Person})[]} saves of several people
 * @param {(PendingDraft<Draft> & {person: Person})[]} drafts of several people
 * @returns {LeftWork<Saved, Draft>[]} the same, by person
 */
function byPerson(saves, drafts) {
  const people = new Map([...saves, ...drafts].map(({ person }) => [person.id, person]));
  return [...people.values()].map((person) => ({
    person,
    saves: saves.filter((save) => save.person.id === person.id),
    drafts: drafts.filter((draft) => draft.person.id === person.id),
  }));
}

/**
 * Say whether somebody else made a record. Those without a name are from a server without accounts or an earlier version
 * of the page; until it is known who is here, those with one are somebody else's.
 *
 * @param {Pick<Mark, 'person'>} record what is kept
 * @param {Person | null} me who is signed in
 * @returns {boolean} false for what may be sent from here
 */
export function isOfOther({ person }, me) {
  return Boolean(person) && person?.id !== me?.id;
}

/**
 * Take what a record needs of a user.
 *
 * @param {Person | null} person a user
 * @returns {Person | null} the name and the id
 */
export function named(person) {
  return person && { id: person.id, name: person.name };
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
 * Change records, all or none. They are on their way to the browser when this returns, even if the page dies in the
 * next moment.
 *
 * @param {IDBDatabase} database the database
 * @param {readonly string[]} names where they lie
 * @param {(store: (name: string) => IDBObjectStore) => void} change asks for the changes
 * @returns {Promise<void>} the browser has them; rejects when there is no room, or the disk refuses
 */
export function committed(database, names, change) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(names, 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(reasonOf(transaction.error));
    change((name) => transaction.objectStore(name));
    transaction.commit();
  });
}

/** @type {(problem: DOMException | null) => unknown} */
function reasonOf(problem) {
  if (problem?.name !== 'QuotaExceededError')
    return problem ?? new Error('the browser must keep records, got a refusal');
  const full = new Error('the browser must have room for unsaved work, got a full storage');
  const hint = 'accepted objects still go to the server: keep this page open until it says "Saved", and free the disk';
  return Object.assign(full, { code: 'browser_storage_full', hint });
}

/**
 * Wait for a request.
 *
 * @template T
 * @param {IDBRequest<T>} request a request of the database
 * @returns {Promise<T>} its result
 */
export function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
