/**
 * Keeps the steps back and forward of every image in the browser's own database, apart from the work itself: what is lost
 * here costs no mask. Steps are small, each says how it differs from the one before; what is large in them, the logits,
 * lies beside them and is read only where it is needed.
 */

/** @import {ImageJson} from '../types.js' */
/** @import {Mark, Person} from './pending_saves.js' */
/** @import {Tab} from './tab_lock.js' */

import { committed, finished, isOfOther, named } from './pending_saves.js';

/**
 * @typedef {object} HistoryHead
 * @property {string} id of the history
 * @property {ImageJson['id']} imageId the image
 * @property {number} at number of the step that is shown
 * @property {number} length how many steps there are, the first state of the image included
 * @property {string | null} modelId the model that has answered
 * @property {number} nextRevision of the session
 * @property {number} changedAt when, in milliseconds since 1970
 */

/**
 * @template Step
 * @typedef {object} HistoryWrite
 * @property {HistoryHead} head what holds afterwards
 * @property {readonly (readonly [number, Step])[]} steps new or changed steps by number
 * @property {readonly (readonly [string, unknown])[]} large new large values by name
 * @property {{steps: ReadonlyArray<number>, large: ReadonlyArray<string>}} gone what is not needed any more
 */

/**
 * @template Step
 * @typedef {object} Histories
 * @property {(imageId: ImageJson['id']) => Promise<HistoryHead | null>} find the newest history of an image that no
 *   other living tab works on and nobody else has made; it is this tab's from now on
 * @property {(id: string, from: number, to: number) => Promise<Step[]>} steps reads the steps of a history from one
 *   number to before another
 * @property {(id: string, names: readonly string[]) => Promise<Map<string, unknown>>} large reads large values
 * @property {(write: HistoryWrite<Step>) => Promise<void>} write changes a history, all or nothing
 * @property {(personId: number) => Promise<void>} discard drops what somebody else left behind in tabs that are gone
 */

const DATABASE = 'maskwright-history';
const STORES = ['heads', 'steps', 'large'];
/** Images whose steps are kept; those that were not touched for longest make room, before the browser runs out of it. */
const MOST_IMAGES = 200;

/**
 * Open the histories.
 *
 * @template Step
 * @param {IDBFactory} factory `indexedDB`
 * @param {Tab} tab who is asking
 * @param {object} [options] what differs from a page without accounts
 * @param {number} [options.most] images whose steps are kept
 * @param {() => Person | null} [options.who] who is signed in
 * @returns {Promise<Histories<Step>>} the histories; rejects when the browser refuses to store anything
 */
export async function openHistories(factory, tab, { most = MOST_IMAGES, who = () => null } = {}) {
  const database = await openDatabase(factory);
  const read = (/** @type {string} */ name) => database.transaction(name, 'readonly').objectStore(name);
  /** @type {() => Promise<(HistoryHead & Mark)[]>} */
  const readHeads = () => finished(read('heads').getAll());

  /** @type {(id: string, name: string, keys: ReadonlyArray<string | number>) => Promise<{step: Step, value: unknown}[]>} */
  const readAll = (id, name, keys) => {
    const store = read(name);
    return Promise.all(keys.map((key) => finished(store.get(`${id} ${key}`))));
  };
  /** @type {Histories<Step>['write']} */
  const write = ({ head, steps, large, gone }) =>
    committed(database, STORES, (store) => {
      for (const number of gone.steps) store('steps').delete(`${head.id} ${number}`);
      for (const name of gone.large) store('large').delete(`${head.id} ${name}`);
      for (const [name, value] of large) store('large').put({ id: `${head.id} ${name}`, value });
      for (const [number, step] of steps) store('steps').put({ id: `${head.id} ${number}`, step });
      store('heads').put({ ...head, owner: tab.id, person: named(who()) });
    });

  /** @type {(ids: readonly string[]) => Promise<void>} */
  const drop = (ids) =>
    committed(database, STORES, (store) => {
      for (const id of ids) {
        store('heads').delete(id);
        // Their keys begin with the id and a space, and nothing is greater than the end.
        const own = IDBKeyRange.bound(`${id} `, `${id} \uffff`);
        for (const name of ['steps', 'large']) store(name).delete(own);
      }
    });

  return {
    async find(imageId) {
      const [living, heads] = await Promise.all([tab.others(), readHeads()]);
      const own = heads.filter((head) => head.imageId === imageId && !isOfOther(head, who()));
      const free = own.filter(({ owner }) => !living.has(owner));
      const [newest, ...outdone] = free.sort((a, b) => b.changedAt - a.changedAt);
      const others = heads.filter(
        (head) => head.imageId !== imageId && !living.has(head.owner) && head.owner !== tab.id,
      );
      const oldest = others.sort((a, b) => b.changedAt - a.changedAt).slice(most);
      await drop([...outdone, ...oldest].map(({ id }) => id));
      if (!newest) return null;
      const { owner: _, person: __, ...head } = newest;
      await write({ head, steps: [], large: [], gone: { steps: [], large: [] } });
      return head;
    },
    async steps(id, from, to) {
      const numbers = Array.from({ length: to - from }, (__, at) => from + at);
      return (await readAll(id, 'steps', numbers)).map((record) => record.step);
    },
    async large(id, names) {
      const records = await readAll(id, 'large', names);
      return new Map(names.map((name, at) => [name, records[at]?.value]));
    },
    write,
    async discard(personId) {
      const [living, heads] = await Promise.all([tab.others(), readHeads()]);
      const theirs = heads.filter((head) => head.person?.id === personId && isOfOther(head, who()));
      await drop(theirs.filter(({ owner }) => !living.has(owner)).map(({ id }) => id));
    },
  };
}

/** @type {(factory: IDBFactory) => Promise<IDBDatabase>} */
async function openDatabase(factory) {
  const opening = factory.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    for (const name of STORES) opening.result.createObjectStore(name, { keyPath: 'id' });
  };
  const database = await finished(opening);
  database.onversionchange = () => database.close();
  return database;
}
