/** How long the newest answers took. */

/** Answers that count. */
const KEPT = 200;

/**
 * @typedef {object} DecodeTimes
 * @property {(ms: number) => void} add one more answer
 * @property {() => {count: number, p50: number, p95: number} | null} summary null before the first answer
 */

/**
 * Make the book.
 *
 * @returns {DecodeTimes} the book
 */
export function createDecodeTimes() {
  const kept = new Float64Array(KEPT);
  let added = 0;
  return {
    add(ms) {
      kept[added % KEPT] = ms;
      added += 1;
    },
    summary() {
      const count = Math.min(added, KEPT);
      if (count === 0) return null;
      const sorted = kept.slice(0, count).sort();
      const at = (/** @type {number} */ share) => sorted[Math.min(count - 1, Math.floor(share * count))];
      return { count, p50: at(0.5), p95: at(0.95) };
    },
  };
}
