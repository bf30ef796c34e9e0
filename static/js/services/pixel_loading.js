/** The pixels of images, decoded and kept for the few that were shown last. */

/** @import {ImageId, ImageRecord} from '../state/state_types.js' */

/** Decoded images kept at once; one of 12 megapixels takes about 50 MB. */
const KEPT_BITMAPS = 4;

/**
 * @template Pixels
 * @typedef {object} PixelLoading
 * @property {(image: ImageRecord) => Promise<Pixels>} load gives the pixels; rejects when they cannot be read
 * @property {(image: ImageRecord) => void} expect loads them ahead of time; what goes wrong is for `load` to tell
 */

/**
 * Make the loader.
 *
 * @template Pixels
 * @param {object} parts what it works with
 * @param {(image: ImageRecord) => Promise<Blob>} parts.fetchPixels fetches the file
 * @param {(blob: Blob) => Promise<Pixels>} parts.decode makes what the canvas draws
 * @returns {PixelLoading<Pixels>} the loader
 */
export function createPixelLoading({ fetchPixels, decode }) {
  /** @type {Map<ImageId, Promise<Pixels>>} */
  const kept = new Map();
  /** @type {(image: ImageRecord) => Promise<Pixels>} */
  const load = (image) => {
    const { id } = image;
    const loading = kept.get(id) ?? fetchPixels(image).then(decode);
    kept.delete(id);
    kept.set(id, loading);
    loading.catch(() => kept.delete(id));
    for (const oldest of [...kept.keys()].slice(0, -KEPT_BITMAPS)) kept.delete(oldest);
    return loading;
  };
  return { load, expect: (image) => void load(image) };
}
