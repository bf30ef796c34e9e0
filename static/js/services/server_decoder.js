/** Answers prompts on the server, in the form in which the decoder of this browser answers. */

/** @import {Candidate, DecodeRequest, DecodeResult} from '../types.js' */
/** @import {DecodeApi, DecodedMaskJson} from '../api/decode_api.js' */

import { logitsFromJson, logitsToJson } from '../inference/logits_json.js';
import { contoursOfEdges } from '../masks/contour.js';
import { edgesOfRle } from '../masks/rle_edges.js';

/**
 * Make the decoder.
 *
 * @param {DecodeApi} api the server
 * @returns {(imageId: number, request: DecodeRequest) => Promise<DecodeResult>} asks it
 */
export function createServerDecoder(api) {
  return async (imageId, { points, box, previousLogits, crop }) => {
    const start = performance.now();
    const side = Math.round(Math.sqrt(previousLogits?.length ?? 0));
    const mask = previousLogits && logitsToJson(previousLogits, side);
    const answer = await api.decode(imageId, {
      ...{ points: [...points], box, mask_input: mask },
      crop: crop ? [crop.x, crop.y, crop.width, crop.height] : null,
    });
    const several = answer.candidates.length > 1;
    const candidates = answer.candidates.map((json, index) => ({
      ...candidateOf(json, several ? index + 1 : 0, answer.model_id),
      ...(crop ? { crop } : {}),
    }));
    return { candidates, decodeMs: answer.decode_ms, totalMs: performance.now() - start };
  };
}

/** @type {(json: DecodedMaskJson, token: number, modelId: string) => Candidate} */
function candidateOf(json, token, modelId) {
  return {
    token,
    predictedIou: json.predicted_iou,
    logits: logitsFromJson(json.low_res_logits),
    side: json.low_res_logits.shape[1],
    rle: json.segmentation,
    area: json.area,
    bbox: json.bbox,
    contours: contoursOfEdges(edgesOfRle(json.segmentation), json.segmentation.size[1]),
    modelId,
  };
}
