/** Answers prompts on the server, in the form in which the decoder of this browser answers. */

/** @import {Candidate, Crop, DecodeRequest, DecodeResult} from '../types.js' */
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
  /** @type {(imageId: number, request: DecodeRequest) => Promise<DecodeResult>} */
  const decode = async (imageId, request) => {
    const { points, box, previousLogits, crop } = request;
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
    // As the worker does: clicks that ask what is meant may mean more than the part.
    if (crop && !previousLogits && !box && goesBeyond(best(candidates), crop)) {
      return decode(imageId, { ...request, crop: null });
    }
    return { candidates, decodeMs: answer.decode_ms, totalMs: performance.now() - start };
  };
  return decode;
}

/** @type {(candidates: readonly Candidate[]) => Candidate} */
const best = (candidates) => candidates.reduce((a, b) => (b.predictedIou > a.predictedIou ? b : a));

/** @type {(candidate: Candidate, crop: Crop) => boolean} whether its mask ends at an edge of the part that is none of the image */
function goesBeyond({ area, bbox: [left, top, width, height], rle }, crop) {
  const [imageHeight, imageWidth] = rle.size;
  const [right, bottom] = [crop.x + crop.width, crop.y + crop.height];
  const isReached =
    (crop.x > 0 && left <= crop.x) ||
    (crop.y > 0 && top <= crop.y) ||
    (right < imageWidth && left + width >= right) ||
    (bottom < imageHeight && top + height >= bottom);
  return area > 0 && isReached;
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
