/** The compressed string of COCO: run lengths as variable-length numbers of five bits a character. */

import { IntList } from './int_list.js';

const BITS_PER_CHARACTER = 5;
const VALUE_MASK = 0b11111;
const SIGN_BIT = 0b10000;
const MORE_BIT = 0b100000;
const FIRST_CHARACTER = 48;

/** From this index on, a run is stored as the difference to the run two places before it. */
const FIRST_DIFFERENCE = 3;

/**
 * Write run lengths as a string.
 *
 * @param {Int32Array} counts - Run lengths in pixels, background first.
 * @returns {string} The characters '0' to 'o'.
 */
export function formatCounts(counts) {
  const characters = new IntList();
  for (let index = 0; index < counts.length; index += 1) {
    let rest = index >= FIRST_DIFFERENCE ? counts[index] - counts[index - 2] : counts[index];
    let more = true;
    while (more) {
      const bits = rest & VALUE_MASK;
      rest >>= BITS_PER_CHARACTER;
      more = rest !== (bits & SIGN_BIT ? -1 : 0);
      characters.push(FIRST_CHARACTER + bits + (more ? MORE_BIT : 0));
    }
  }
  return new TextDecoder().decode(Uint8Array.from(characters.toArray()));
}

/**
 * Read run lengths from a string.
 *
 * @param {string} text - As `formatCounts` and pycocotools write it.
 * @returns {Int32Array} Run lengths in pixels, background first.
 * @throws {RangeError} If a character is not part of the code, a number is cut off, or a run is negative.
 */
export function parseCounts(text) {
  const counts = new IntList();
  /** @type {[number, number]} */
  let lastTwo = [0, 0];
  let position = 0;
  while (position < text.length) {
    const { value, next } = parseNumber(text, position);
    const count = counts.length >= FIRST_DIFFERENCE ? value + lastTwo[0] : value;
    if (count < 0) throw new RangeError(`rle counts must be 0 or more, got ${count} at run ${counts.length}`);
    counts.push(count);
    lastTwo = [lastTwo[1], count];
    position = next;
  }
  return counts.toArray();
}

/**
 * @param {string} text
 * @param {number} start
 * @returns {{ value: number, next: number }}
 */
function parseNumber(text, start) {
  let value = 0;
  let shift = 0;
  for (let position = start; position < text.length; position += 1) {
    const code = text.charCodeAt(position) - FIRST_CHARACTER;
    if (code < 0 || code > (VALUE_MASK | MORE_BIT)) {
      throw new RangeError(`rle counts must use the characters '0' to 'o', got '${text[position]}' at ${position}`);
    }
    value |= (code & VALUE_MASK) << shift;
    shift += BITS_PER_CHARACTER;
    if (!(code & MORE_BIT)) {
      const negative = code & SIGN_BIT && shift < 32;
      return { value: negative ? value | (-1 << shift) : value, next: position + 1 };
    }
  }
  throw new RangeError(`rle counts must end with a whole number, but the text stops inside the one at ${start}`);
}
