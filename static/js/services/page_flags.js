/** Flags that force what the page would choose by itself: for tests, and for finding out what is wrong on a device. */

/** @import {DecoderStep} from '../types.js' */

import { STEPS } from '../inference/decoder_steps.js';

/** @typedef {'auto' | 'webgl2' | 'canvas'} MasksFlag */

/** @typedef {'isolation' | 'shared-memory' | 'webgpu-lies' | 'worker-dies' | 'worker-keeps-dying' | 'out-of-memory'} FailFlag */

/**
 * @typedef {object} PageFlags
 * @property {MasksFlag} masks what draws masks that come as logits
 * @property {DecoderStep | 'auto'} decoder what answers prompts; nothing is measured then
 * @property {readonly FailFlag[]} fail what the page takes for missing, or makes fail
 */

const STORAGE_PREFIX = 'maskwright.force.';

/** @type {readonly MasksFlag[]} */
const MASKS = ['auto', 'webgl2', 'canvas'];

/** @type {readonly FailFlag[]} */
const FAILURES = ['isolation', 'shared-memory', 'webgpu-lies', 'worker-dies', 'worker-keeps-dying', 'out-of-memory'];

/**
 * Read the flags.
 *
 * @param {string} search of the page's address, such as `?masks=canvas&fail=isolation,worker-dies`
 * @param {Pick<Storage, 'getItem'>} storage of the browser: `maskwright.force.masks` is the same for every visit
 * @returns {PageFlags} the address comes before the storage; what is not a known value is `auto`
 */
export function readFlags(search, storage) {
  const given = new URLSearchParams(search);
  const value = (/** @type {string} */ name) => given.get(name) ?? storage.getItem(`${STORAGE_PREFIX}${name}`);
  const wanted = value('fail')?.split(',') ?? [];
  return {
    masks: MASKS.find((known) => known === value('masks')) ?? 'auto',
    decoder: STEPS.find((known) => known === value('decoder')) ?? 'auto',
    fail: FAILURES.filter((known) => wanted.includes(known)),
  };
}
