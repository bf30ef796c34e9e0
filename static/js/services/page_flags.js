/** Flags that force what the page would choose by itself: for tests, and for finding out what is wrong on a device. */

/** @typedef {'auto' | 'webgl2' | 'canvas'} MasksFlag */

/**
 * @typedef {object} PageFlags
 * @property {MasksFlag} masks what draws masks that come as logits
 */

const STORAGE_PREFIX = 'maskwright.force.';

/** @type {readonly MasksFlag[]} */
const MASKS = ['auto', 'webgl2', 'canvas'];

/**
 * Read the flags.
 *
 * @param {string} search of the page's address, such as `?masks=canvas`
 * @param {Pick<Storage, 'getItem'>} storage of the browser: `maskwright.force.masks` is the same for every visit
 * @returns {PageFlags} the address comes before the storage; what is not a known value is `auto`
 */
export function readFlags(search, storage) {
  const given = new URLSearchParams(search);
  const value = given.get('masks') ?? storage.getItem(`${STORAGE_PREFIX}masks`);
  return { masks: MASKS.find((known) => known === value) ?? 'auto' };
}
