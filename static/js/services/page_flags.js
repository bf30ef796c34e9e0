/** Flags that force what the page would choose by itself: for tests, and for finding out what is wrong on a device. */

/** @typedef {'auto' | 'webgl2' | 'canvas'} MasksFlag */
/** @typedef {'auto' | 'threads' | 'single' | 'server'} DecoderFlag */

/**
 * @typedef {object} PageFlags
 * @property {MasksFlag} masks what draws masks that come as logits
 * @property {DecoderFlag} decoder what answers prompts: several threads, one, the server
 */

const STORAGE_PREFIX = 'maskwright.force.';

/** @type {readonly MasksFlag[]} */
const MASKS = ['auto', 'webgl2', 'canvas'];

/** @type {readonly DecoderFlag[]} */
const DECODERS = ['auto', 'threads', 'single', 'server'];

/**
 * Read the flags.
 *
 * @param {string} search of the page's address, such as `?masks=canvas`
 * @param {Pick<Storage, 'getItem'>} storage of the browser: `maskwright.force.masks` is the same for every visit
 * @returns {PageFlags} the address comes before the storage; what is not a known value is `auto`
 */
export function readFlags(search, storage) {
  const given = new URLSearchParams(search);
  /** @type {<T extends string>(name: string, values: readonly T[]) => T} */
  const read = (name, values) => {
    const value = given.get(name) ?? storage.getItem(STORAGE_PREFIX + name);
    return values.find((known) => known === value) ?? values[0];
  };
  return { masks: read('masks', MASKS), decoder: read('decoder', DECODERS) };
}
