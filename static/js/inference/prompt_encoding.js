/**
 * Prompts as the arrays that the decoder takes: image pixels become model pixel indices, box corners become points, and
 * a padding point stands in for a missing box. See docs/coordinates.md and docs/onnx_contract.md.
 */

import { DecoderError } from './decoder_error.js';

/** @import { Crop, DecodeRequest, EncodedPrompt, Size } from '../types.js' */

const BOX_TOP_LEFT = 2;
const BOX_BOTTOM_RIGHT = 3;
const PADDING = -1;

const SINGLE_MASK_TOKEN = 0;
const AMBIGUITY_TOKENS = [1, 2, 3];

/**
 * Convert one coordinate. The network counts pixel indices and adds half a pixel itself, hence the half.
 *
 * @param {number} value - x or y in image pixels, continuous.
 * @param {number} inputLength - Width or height of the scaled image, in model pixels.
 * @param {number} imageLength - Width or height of the image, in image pixels.
 * @returns {number} In model pixel indices.
 */
export function imageToModelCoordinate(value, inputLength, imageLength) {
  return (value * inputLength) / imageLength - 0.5;
}

/**
 * Choose the output tokens that answer a prompt: a single click alone is ambiguous and gets three readings; everything
 * else gets the single mask.
 *
 * @param {DecodeRequest} request - What the annotator said.
 * @returns {readonly number[]} Indices into the decoder's four masks.
 */
export function tokensFor({ points, box, previousLogits }) {
  const ambiguous = points.length === 1 && box === null && previousLogits === null;
  return ambiguous ? AMBIGUITY_TOKENS : [SINGLE_MASK_TOKEN];
}

/**
 * Encode a prompt.
 *
 * @param {DecodeRequest} request - What the annotator said, in image pixels.
 * @param {{ imageSize: Size, crop?: Crop | null, inputSize: Size, side: number }} sizes - Of the upright image, the part
 *   of it that answers (null for all), its size scaled for the model, and the square of low-resolution logits.
 * @returns {EncodedPrompt} The decoder's inputs.
 * @throws {DecoderError} Code "prompt_invalid" if there is neither point nor box, a number is not finite, or the earlier
 *   logits have another size.
 */
export function encodePrompt(request, { imageSize, crop = null, inputSize, side }) {
  checkPrompt(request, side);
  const frame = crop ?? { x: 0, y: 0, ...imageSize };
  const corners = cornersOf(request);
  const pointCoords = new Float32Array(2 * corners.length);
  corners.forEach(({ x, y, label }, index) => {
    if (label === PADDING) return;
    pointCoords[2 * index] = imageToModelCoordinate(x - frame.x, inputSize.width, frame.width);
    pointCoords[2 * index + 1] = imageToModelCoordinate(y - frame.y, inputSize.height, frame.height);
  });
  return {
    pointCoords,
    pointLabels: Float32Array.from(corners, ({ label }) => label),
    pointCount: corners.length,
    maskInput: request.previousLogits,
    tokens: tokensFor(request),
  };
}

/**
 * @param {DecodeRequest} request
 * @returns {{ x: number, y: number, label: number }[]} All points of the prompt, the box or the padding point last.
 */
function cornersOf({ points, box }) {
  if (box === null) return [...points, { x: 0, y: 0, label: PADDING }];
  const [x0, y0, x1, y1] = box;
  return [...points, { x: x0, y: y0, label: BOX_TOP_LEFT }, { x: x1, y: y1, label: BOX_BOTTOM_RIGHT }];
}

/**
 * @param {DecodeRequest} request
 * @param {number} side
 */
function checkPrompt({ points, box, previousLogits }, side) {
  if (points.length === 0 && box === null) {
    throw new DecoderError('prompt_invalid', 'prompt must have at least one point or a box, got neither');
  }
  const numbers = [...points.flatMap(({ x, y }) => [x, y]), ...(box ?? [])];
  if (!numbers.every(Number.isFinite)) {
    throw new DecoderError('prompt_invalid', `prompt coordinates must be finite numbers, got ${numbers.join(', ')}`);
  }
  if (previousLogits && previousLogits.length !== side * side) {
    throw new DecoderError(
      'prompt_invalid',
      `previousLogits must hold ${side} x ${side} = ${side * side} values, got ${previousLogits.length}; ` +
        'logits of another model cannot be refined, start from a click or a box',
    );
  }
}
