/** The outline of every mask that is shown, traced once. */

/** @import {Contours, Rle} from '../types.js' */

/**
 * @typedef {object} ContourCache
 * @property {(rle: Rle) => Contours | null} get the outline; null while it is being traced
 * @property {(rle: Rle, contours: Contours) => void} put an outline that is known already
 */

/**
 * Make the cache. It forgets a mask when nothing else holds its RLE.
 *
 * @param {object} parts what it works with
 * @param {(rle: Rle) => Promise<Contours>} parts.trace traces in the worker
 * @param {() => void} parts.onTraced an outline arrived
 * @param {(problem: unknown) => void} parts.report shows problems
 * @returns {ContourCache} the cache
 */
export function createContourCache({ trace, onTraced, report }) {
  /** @type {WeakMap<Rle, Contours>} */
  const traced = new WeakMap();
  /** @type {WeakSet<Rle>} */
  const asked = new WeakSet();
  return {
    get(rle) {
      const contours = traced.get(rle) ?? null;
      if (contours || asked.has(rle)) return contours;
      asked.add(rle);
      trace(rle).then((result) => {
        traced.set(rle, result);
        onTraced();
      }, report);
      return null;
    },
    put: (rle, contours) => void traced.set(rle, contours),
  };
}
