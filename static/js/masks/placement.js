/** The sizes between logits and image. */

/** @import { Crop, LogitsPlacement, ModelJson, Size } from '../types.js' */

/**
 * Work out how an image, or a part of it, was scaled for the model, by the rule of docs/coordinates.md.
 *
 * @param {Pick<ModelJson, 'image_size' | 'mask_threshold'>} model - The model.
 * @param {Size} imageSize - Of the upright image.
 * @param {Crop | null} [crop] - The part that the network sees; null for all of it.
 * @returns {LogitsPlacement} With the model's own threshold.
 */
export function placementOf({ image_size: modelSize, mask_threshold: threshold }, imageSize, crop = null) {
  const seen = crop ?? imageSize;
  const scale = modelSize / Math.max(seen.width, seen.height);
  /** @type {(side: number) => number} */
  const scaled = (side) => Math.max(1, Math.floor(side * scale + 0.5));
  const inputSize = { width: scaled(seen.width), height: scaled(seen.height) };
  const size = { width: imageSize.width, height: imageSize.height };
  return { imageSize: size, inputSize, modelSize, threshold, ...(crop ? { crop } : {}) };
}

/**
 * Say what the logits lie on.
 *
 * @param {Pick<LogitsPlacement, 'imageSize' | 'crop'>} placement - The sizes.
 * @returns {Crop} In image pixels.
 */
export function frameOf({ imageSize, crop }) {
  return crop ?? { x: 0, y: 0, width: imageSize.width, height: imageSize.height };
}

/**
 * Say whether two parts of an image are the same.
 *
 * @param {Crop | null | undefined} one - A part; null or undefined for all of the image.
 * @param {Crop | null | undefined} other - Another one.
 * @returns {boolean} True also when both are all of it.
 */
export function isSameCrop(one, other) {
  if (!one || !other) return !one && !other;
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
