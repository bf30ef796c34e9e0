/** As much of IndexedDB as the page uses, in maps that outlive a page. */

/** @typedef {Map<string, Map<string, {id: string}>>} Stores */

/**
 * Make the database.
 *
 * @param {Stores} [stores] what earlier pages left behind, by name of the store
 * @param {{fails?: boolean}} [options] `fails` refuses every write from then on, as a full disk
 * @returns {IDBFactory} the database
 */
export function memoryDatabase(stores = new Map(), options = {}) {
  /** @type {(name: string) => Map<string, {id: string}>} */
  const valuesOf = (name) => stores.get(name) ?? stores.set(name, new Map()).get(name) ?? new Map();
  /** @type {(run: () => unknown) => unknown} */
  const write = (run) =>
    request(() => {
      if (options.fails) throw new Error('the disk is full');
      return run();
    });
  const objectStore = (/** @type {string} */ name) => ({
    getAll: () => request(() => [...valuesOf(name).values()].map((value) => structuredClone(value))),
    put: (/** @type {{id: string}} */ value) => write(() => valuesOf(name).set(value.id, structuredClone(value))),
    delete: (/** @type {string} */ id) => write(() => valuesOf(name).delete(id)),
  });
  const database = {
    transaction: objectStoreOf(objectStore),
    objectStoreNames: { contains: (/** @type {string} */ name) => stores.has(name) },
    createObjectStore: (/** @type {string} */ name) => objectStore(name),
    deleteObjectStore: (/** @type {string} */ name) => stores.delete(name),
  };
  const isNew = !stores.has('saves');
  const factory = {
    open: () => request(() => database, { isNew, transaction: { objectStore } }),
  };
  return /** @type {IDBFactory} */ (/** @type {unknown} */ (factory));
}

/** @type {(objectStore: (name: string) => unknown) => () => {objectStore: (name: string) => unknown}} */
const objectStoreOf = (objectStore) => () => ({ objectStore });

/**
 * @typedef {{result: unknown, error?: unknown, transaction?: unknown, onsuccess?: () => void, onerror?: () => void,
 *   onupgradeneeded?: () => void}} FakeRequest
 */

/**
 * @param {() => unknown} run makes the result
 * @param {{isNew?: boolean, transaction?: unknown}} [opening] of the database: whether it is made first
 * @returns {FakeRequest} a request that ends later
 */
function request(run, { isNew = false, transaction } = {}) {
  const asked = /** @type {FakeRequest} */ ({ result: undefined, transaction });
  queueMicrotask(() => {
    try {
      asked.result = run();
    } catch (error) {
      asked.error = error;
      asked.onerror?.();
      return;
    }
    if (isNew) asked.onupgradeneeded?.();
    // The requests of an upgrade end before the opening does.
    setTimeout(() => asked.onsuccess?.(), isNew ? 20 : 0);
  });
  return asked;
}
