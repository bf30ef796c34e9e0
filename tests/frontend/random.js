/** Random numbers that are the same in every run, for property tests. */

/**
 * Make a generator of numbers in [0, 1) (mulberry32).
 *
 * @param {number} seed - Any integer; the same seed gives the same numbers.
 * @returns {() => number} The generator.
 */
export function seededRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
