/** The decoder on the server, for browsers that cannot run it themselves. */

/** @import {BoxXywh, ImageJson, LogitsJson, PromptsJson, Rle} from '../types.js' */
/** @import {HttpClient} from './http_client.js' */

/** @typedef {PromptsJson & {mask_input: LogitsJson | null, crop: BoxXywh | null}} DecodeQuestionJson */

/**
 * @typedef {object} DecodedMaskJson
 * @property {number} predicted_iou what the decoder expects of it
 * @property {Rle} segmentation the exact mask
 * @property {number} area in pixels
 * @property {BoxXywh} bbox in image pixels
 * @property {LogitsJson} low_res_logits sent back to refine the mask
 */

/** @typedef {{candidates: DecodedMaskJson[], model_id: string, decode_ms: number}} DecodeAnswerJson */

/**
 * @typedef {object} DecodeApi
 * @property {(imageId: ImageJson['id'], question: DecodeQuestionJson) => Promise<DecodeAnswerJson>} decode best candidate
 *   first
 */

/**
 * Make the calls.
 *
 * @param {HttpClient} http the client
 * @returns {DecodeApi} the calls; they reject as the client does
 */
export function createDecodeApi(http) {
  return {
    decode: async (imageId, question) =>
      /** @type {DecodeAnswerJson} */ (await http.post(`/api/images/${imageId}/decode`, question)),
  };
}
