/** Answers prompts in this browser, and on the server where the decoder cannot start here. */

/** @import {Candidate, Contours, DecodeRequest, DecodeResult, MaskReading, Rle, Size} from '../types.js' */
/** @import {DecodeApi, DecodedMaskJson} from '../api/decode_api.js' */

import { logitsFromJson, logitsToJson } from '../inference/logits_json.js';
import { contoursOfEdges } from '../masks/contour.js';
import { edgesOfRle } from '../masks/rle_edges.js';
import { describeProblem } from './problem_report.js';

/** What the decoder says when this browser cannot run it; other problems would be the same on the server. */
const CANNOT_RUN = new Set(['decoder_unavailable', 'decoder_lost', 'decoder_not_loaded']);

/** @typedef {{imageId: string, embedding: ArrayBuffer, imageSize: Size}} NextImage */

/**
 * @typedef {object} LocalDecoder
 * @property {() => Promise<void>} load starts it; a later call tries again what failed
 * @property {(image: NextImage) => Promise<void>} setImage gives it the features
 * @property {(request: DecodeRequest) => Promise<DecodeResult | null>} decode null when a newer request overtook it
 * @property {(request: DecodeRequest) => Promise<MaskReading[] | null>} preview answers what is only considered
 * @property {(rle: Rle) => Promise<Contours>} traceRle outlines a mask
 */

/**
 * Make the decoder. Every image that is opened tries this browser first, so that a passing failure does not last.
 *
 * @param {object} parts what it works with
 * @param {LocalDecoder} parts.local the decoder of this browser
 * @param {DecodeApi} parts.api the decoder of the server
 * @param {(reason: string) => void} parts.onServer the server answers from now on, and why
 * @returns {Omit<LocalDecoder, 'load'> & {start: () => Promise<void>}} the decoder; `start` is worth calling early
 */
export function createDecodeFallback({ local, api, onServer }) {
  /** @type {number | null} the image that the server answers for */
  let onServerImage = null;
  let newest = 0;

  /** @type {(imageId: number, request: DecodeRequest) => Promise<DecodeResult | null>} */
  const ask = async (imageId, { points, box, previousLogits }) => {
    newest += 1;
    const own = newest;
    const start = performance.now();
    const side = Math.round(Math.sqrt(previousLogits?.length ?? 0));
    const mask = previousLogits && logitsToJson(previousLogits, side);
    const answer = await api.decode(imageId, { points: [...points], box, mask_input: mask });
    if (own !== newest) return null;
    const several = answer.candidates.length > 1;
    const candidates = answer.candidates.map((json, index) =>
      candidateOf(json, several ? index + 1 : 0, answer.model_id),
    );
    return { candidates, decodeMs: answer.decode_ms, totalMs: performance.now() - start };
  };

  /** @type {(problem: unknown) => void} says that the server answers; throws what would be the same there */
  const turnToServer = (problem) => {
    const { code, message } = describeProblem(problem);
    if (!CANNOT_RUN.has(code)) throw problem;
    onServer(message);
  };

  return {
    start: () => local.load().catch(turnToServer),
    async setImage(image) {
      newest += 1;
      onServerImage = null;
      try {
        await local.load();
        await local.setImage(image);
      } catch (problem) {
        turnToServer(problem);
        onServerImage = Number(image.imageId);
      }
    },
    decode: (request) => (onServerImage === null ? local.decode(request) : ask(onServerImage, request)),
    // A preview follows the pointer; a request for each would keep the server from answering clicks.
    preview: async (request) => (onServerImage === null ? local.preview(request) : null),
    async traceRle(rle) {
      try {
        await local.load();
        return await local.traceRle(rle);
      } catch (problem) {
        if (!CANNOT_RUN.has(describeProblem(problem).code)) throw problem;
        return outlineOf(rle);
      }
    },
  };
}

/** @type {(rle: Rle) => Contours} */
const outlineOf = (rle) => contoursOfEdges(edgesOfRle(rle), rle.size[1]);

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
    contours: outlineOf(json.segmentation),
    modelId,
  };
}
