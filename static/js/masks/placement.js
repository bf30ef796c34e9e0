/** The sizes between logits and image. */

/** @import { LogitsPlacement, ModelJson, Size } from '../types.js' */

/**
 * Work out how an image was scaled for the model, by the rule of docs/coordinates.md.
 *
 * @param {Pick<ModelJson, 'image_size' | 'mask_threshold'>} model - The model.
 * @param {Size} imageSize - Of the upright image.
 * @returns {LogitsPlacement} With the model's own threshold.
 */
export function placementOf({ image_size: modelSize, mask_threshold: threshold }, imageSize) {
  const scale = modelSize / Math.max(imageSize.width, imageSize.height);
  /** @type {(side: number) => number} */
  const scaled = (side) => Math.max(1, Math.floor(side * scale + 0.5));
  const inputSize = { width: scaled(imageSize.width), height: scaled(imageSize.height) };
  return { imageSize: { width: imageSize.width, height: imageSize.height }, inputSize, modelSize, threshold };
}
