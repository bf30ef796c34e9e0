import { describe, expect, it, vi } from 'vitest';
import { logitsToJson } from '../../../static/js/inference/logits_json.js';
import { createServerDecoder } from '../../../static/js/services/server_decoder.js';

const LOGITS = Float32Array.from([1, -1, 2, -2]);
const PROMPT = { points: [], box: null, previousLogits: LOGITS };
/** Its mask is one pixel, top left, of 2 x 2. */
const MASK = {
  predicted_iou: 0.5,
  segmentation: { size: /** @type {const} */ ([2, 2]), counts: '013' },
  area: 1,
  bbox: /** @type {const} */ ([0, 0, 1, 1]),
  low_res_logits: logitsToJson(LOGITS, 2),
};

/** @param {number} count how many masks the server finds */
function makeDecoder(count) {
  const api = {
    decode: vi.fn(async () => ({ candidates: Array(count).fill(MASK), model_id: 'm', decode_ms: 3 })),
  };
  return { api, decode: createServerDecoder(api) };
}

describe('the decoder of the server', () => {
  it('gets the prompt with the logits to correct, and answers as the one of the browser', async () => {
    const { api, decode } = makeDecoder(1);
    const { candidates, decodeMs } = await decode(7, PROMPT);
    const mask_input = { shape: [2, 2], data: expect.any(String) };
    expect(api.decode).toHaveBeenCalledExactlyOnceWith(7, { points: [], box: null, mask_input, crop: null });
    expect(decodeMs).toBe(3);
    expect(candidates).toMatchObject([
      { modelId: 'm', token: 0, predictedIou: 0.5, side: 2, rle: MASK.segmentation, logits: LOGITS },
    ]);
    expect([...candidates[0].contours.points]).toHaveLength(8);
  });

  it('numbers three readings of one click, and sends no logits where there are none', async () => {
    const { api, decode } = makeDecoder(3);
    const { candidates } = await decode(7, { ...PROMPT, previousLogits: null });
    expect(candidates.map(({ token }) => token)).toEqual([1, 2, 3]);
    expect(api.decode).toHaveBeenCalledWith(7, { points: [], box: null, mask_input: null, crop: null });
  });

  it('names the part of the image that answers, and says so of the answer', async () => {
    const { api, decode } = makeDecoder(1);
    const crop = { x: 1, y: 2, width: 30, height: 40 };
    const { candidates } = await decode(7, { ...PROMPT, crop });
    expect(api.decode).toHaveBeenCalledWith(7, expect.objectContaining({ crop: [1, 2, 30, 40] }));
    expect(candidates[0].crop).toEqual(crop);
  });

  it.each([
    ['the whole image where a click means more than the part', { previousLogits: null }, 2],
    ['the part alone for a correction', {}, 1],
    ['the part alone for a box', { previousLogits: null, box: /** @type {const} */ ([0, 0, 1, 1]) }, 1],
  ])('asks %s', async (_what, change, asked) => {
    const { api, decode } = makeDecoder(1);
    // The one pixel of the mask lies at the right of the part, and the image goes on there.
    const crop = { x: 0, y: 0, width: 1, height: 2 };
    const { candidates } = await decode(7, { ...PROMPT, ...change, crop });
    expect(api.decode).toHaveBeenCalledTimes(asked);
    expect(candidates[0].crop).toEqual(asked === 2 ? undefined : crop);
  });
});
