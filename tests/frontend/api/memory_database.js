/** As much of IndexedDB as the page uses, in maps that outlive a page. */

/** @typedef {Map<string, Map<string, {id: string}>>} Stores */

/**
 * Make the database.
 *
 * @param {Stores} [stores] what earlier pages left behind, by name of the store
 * @param {{fails?: boolean | ((id: string) => boolean)}} [options] `fails` refuses writes from then on, as a full disk
 * @returns {IDBFactory} the database
 */
export function memoryDatabase(stores = new Map(), options = {}) {
  /** @type {(name: string) => Map<string, {id: string}>} */
  const valuesOf = (name) => stores.get(name) ?? stores.set(name, new Map()).get(name) ?? new Map();
  /** @type {(write?: (id: string, run: () => void) => void) => (name: string) => Record<string, unknown>} */
  const storesWith =
    (write = (_, run) => run()) =>
    (name) => ({
      getAll: () => request(() => [...valuesOf(name).values()].map((value) => structuredClone(value))),
      get: (/** @type {string} */ id) => request(() => structuredClone(valuesOf(name).get(id))),
      put: (/** @type {{id: string}} */ value) =>
        write(value.id, () => void valuesOf(name).set(value.id, structuredClone(value))),
      delete: (/** @type {string | {lower: string, upper: string}} */ key) => {
        const { lower, upper } = typeof key === 'string' ? { lower: key, upper: key } : key;
        return write(lower, () => {
          for (const id of [...valuesOf(name).keys()]) if (id >= lower && id <= upper) valuesOf(name).delete(id);
        });
      },
    });
  const objectStore = storesWith();
  const refuses = (/** @type {string} */ id) =>
    typeof options.fails === 'function' ? options.fails(id) : options.fails === true;
  const transaction = () => {
    /** @type {{id: string, run: () => void}[]} */
    const writes = [];
    const begun = {
      error: /** @type {unknown} */ (null),
      oncomplete: () => {},
      onabort: () => {},
      objectStore: storesWith((id, run) => void writes.push({ id, run })),
      commit: () =>
        queueMicrotask(() => {
          if (writes.some(({ id }) => refuses(id))) {
            begun.error = new DOMException('the disk is full', 'QuotaExceededError');
            begun.onabort();
            return;
          }
          for (const { run } of writes) run();
          begun.oncomplete();
        }),
    };
    return begun;
  };
  const database = {
    transaction,
    objectStoreNames: { contains: (/** @type {string} */ name) => stores.has(name) },
    createObjectStore: (/** @type {string} */ name) => objectStore(name),
    deleteObjectStore: (/** @type {string} */ name) => stores.delete(name),
  };
  const isNew = !stores.has('saves') && !stores.has('heads');
  const factory = {
    open: () => request(() => database, { isNew, transaction: { objectStore } }),
  };
  return /** @type {IDBFactory} */ (/** @type {unknown} */ (factory));
}

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

/** As much of `IDBKeyRange` as the page uses. */
export const MemoryKeyRange = {
  bound: (/** @type {string} */ lower, /** @type {string} */ upper) => ({ lower, upper }),
};
