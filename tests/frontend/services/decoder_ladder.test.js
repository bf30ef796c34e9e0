import { describe, expect, it, vi } from 'vitest';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';
import { logitsToJson } from '../../../static/js/inference/logits_json.js';
import { createDecodeFallback } from '../../../static/js/services/decode_fallback.js';
import { SQUARE } from '../session_builders.js';

const IMAGE = { imageId: '7', embedding: new ArrayBuffer(0), imageSize: { width: 2, height: 2 } };
const LOGITS = Float32Array.from([1, -1, 2, -2]);
/** One pixel, top left, of 2 x 2. */
const PIXEL = { size: /** @type {const} */ ([2, 2]), counts: '013' };
const PROMPT = { points: [], box: null, previousLogits: LOGITS };

function makeDecoder() {
  const local = {
    load: vi.fn(async () => {}),
    setImage: vi.fn(async () => {}),
    decode: vi.fn(async () => null),
    preview: vi.fn(async () => null),
    traceRle: vi.fn(async () => SQUARE),
  };
  const mask = {
    predicted_iou: 0.5,
    segmentation: PIXEL,
    area: 1,
    bbox: /** @type {const} */ ([0, 0, 1, 1]),
    low_res_logits: logitsToJson(LOGITS, 2),
  };
  const api = { decode: vi.fn(async () => ({ candidates: [mask], model_id: 'm', decode_ms: 3 })) };
  const onServer = vi.fn();
  return { local, api, mask, onServer, decoder: createDecodeFallback({ local, api, onServer }) };
}

const NO_WASM = new DecoderError('decoder_unavailable', 'decoder must start, got no WebAssembly');

describe('decode fallback', () => {
  it('stays in this browser while that works', async () => {
    const { local, api, onServer, decoder } = makeDecoder();
    await decoder.setImage(IMAGE);
    await decoder.decode(PROMPT);
    await decoder.preview(PROMPT);
    expect(await decoder.traceRle(PIXEL)).toBe(SQUARE);
    expect(local.decode).toHaveBeenCalledExactlyOnceWith(PROMPT);
    expect(local.preview).toHaveBeenCalledOnce();
    expect(api.decode).not.toHaveBeenCalled();
    expect(onServer).not.toHaveBeenCalled();
  });

  it('asks the server when the decoder cannot start here, and says why', async () => {
    const { local, api, onServer, decoder } = makeDecoder();
    local.load.mockRejectedValue(NO_WASM);
    await decoder.setImage(IMAGE);
    expect(onServer).toHaveBeenCalledExactlyOnceWith('decoder must start, got no WebAssembly');
    const result = await decoder.decode(PROMPT);
    expect(api.decode).toHaveBeenCalledExactlyOnceWith(7, {
      points: [],
      box: null,
      mask_input: { shape: [2, 2], data: expect.any(String) },
    });
    expect(result?.candidates).toMatchObject([{ token: 0, predictedIou: 0.5, side: 2, rle: PIXEL, logits: LOGITS }]);
    expect([...(result?.candidates[0].contours.points ?? [])]).toHaveLength(8);
    expect(await decoder.preview(PROMPT)).toBeNull();
    expect((await decoder.traceRle(PIXEL)).ringStarts).toHaveLength(1);
    expect(local.decode).not.toHaveBeenCalled();
  });

  it('turns to the server at the start of the page, but reports what would fail there too', async () => {
    const { local, onServer, decoder } = makeDecoder();
    await decoder.start();
    expect(onServer).not.toHaveBeenCalled();
    local.load.mockRejectedValueOnce(NO_WASM);
    await decoder.start();
    expect(onServer).toHaveBeenCalledExactlyOnceWith('decoder must start, got no WebAssembly');
    const unreachable = new Error('the server must answer');
    local.load.mockRejectedValueOnce(unreachable);
    await expect(decoder.start()).rejects.toBe(unreachable);
  });

  it('numbers three readings of one click, and sends no logits where there are none', async () => {
    const { local, api, mask, decoder } = makeDecoder();
    local.load.mockRejectedValue(NO_WASM);
    api.decode.mockResolvedValue({ candidates: [mask, mask, mask], model_id: 'm', decode_ms: 3 });
    await decoder.setImage(IMAGE);
    const result = await decoder.decode({ ...PROMPT, previousLogits: null });
    expect(result?.candidates.map(({ token }) => token)).toEqual([1, 2, 3]);
    expect(api.decode).toHaveBeenCalledWith(7, { points: [], box: null, mask_input: null });
  });

  it('drops an answer that a newer prompt overtook', async () => {
    const { local, decoder } = makeDecoder();
    local.load.mockRejectedValue(NO_WASM);
    await decoder.setImage(IMAGE);
    const [first, second] = await Promise.all([decoder.decode(PROMPT), decoder.decode(PROMPT)]);
    expect(first).toBeNull();
    expect(second?.candidates).toHaveLength(1);
  });

  it('comes back to this browser with the next image', async () => {
    const { local, api, decoder } = makeDecoder();
    local.load.mockRejectedValueOnce(NO_WASM);
    await decoder.setImage(IMAGE);
    await decoder.setImage(IMAGE);
    await decoder.decode(PROMPT);
    expect(local.decode).toHaveBeenCalledOnce();
    expect(api.decode).not.toHaveBeenCalled();
  });

  it('passes on what the server could not help with', async () => {
    const { local, decoder } = makeDecoder();
    const invalid = new DecoderError('embedding_invalid', 'no embedding');
    local.setImage.mockRejectedValue(invalid);
    await expect(decoder.setImage(IMAGE)).rejects.toBe(invalid);
    local.traceRle.mockRejectedValue(new DecoderError('rle_invalid', 'no mask'));
    await expect(decoder.traceRle(PIXEL)).rejects.toThrow('no mask');
  });
});
