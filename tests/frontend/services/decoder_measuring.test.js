import { describe, expect, it, vi } from 'vitest';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';
import { chooseStep, tryStep } from '../../../static/js/services/decoder_measuring.js';

/** @import {DecodeRequest, MaskReading, ModelJson} from '../../../static/js/types.js' */
/** @import {LadderClient} from '../../../static/js/services/decoder_ladder.js' */
/** @import {StepTrial} from '../../../static/js/services/decoder_measuring.js' */

const SIZE = { width: 40, height: 30 };
const IMAGE = { imageId: '7', embedding: new ArrayBuffer(0), imageSize: SIZE };
const MODEL = /** @type {ModelJson} */ ({ model_id: 'm' });
const PLACEMENT = { imageSize: SIZE, inputSize: SIZE, modelSize: 40, threshold: 0 };
const INFO = { modelId: 'm', threads: 1, provider: 'wasm', warmupMs: 1 };

/** @type {(...logits: number[]) => MaskReading[]} */
const reading = (...logits) => [
  { token: 1, predictedIou: 0.5, side: 2, coverage: 0.5, placement: PLACEMENT, logits: Float32Array.from(logits) },
];

/**
 * @param {MaskReading[] | null} answer what the tried worker says
 * @param {Error | null} [problem] why it does not even load
 */
function makeTrial(answer, problem = null) {
  const client = {
    load: vi.fn(async () => {
      if (problem) throw problem;
      return INFO;
    }),
    setImage: vi.fn(async () => {}),
    preview: vi.fn(async (/** @type {DecodeRequest} */ _request) => answer),
    dispose: vi.fn(),
  };
  const present = vi.fn(async (/** @type {DecodeRequest} */ _request) => reading(1, 2, -1, 3));
  const rest = vi.fn(async () => {});
  const trying = tryStep({
    step: 'single',
    present: { step: 'threads', preview: present },
    ...{ image: IMAGE, model: MODEL, failure: null, rest },
    createClient: () => /** @type {LadderClient} */ (/** @type {unknown} */ (client)),
  });
  return { client, present, rest, trying };
}

describe('trying a step', () => {
  it('takes turns with the step in use, with the same prompts, never one twice', async () => {
    const { client, present, rest, trying } = makeTrial(reading(1, 2, -1, 3));
    expect(await trying).toMatchObject({ step: 'single', info: INFO, iou: 1, ms: expect.any(Number) });
    expect(client.load).toHaveBeenCalledWith(MODEL, { provider: 'wasm', threads: 1, failure: null });
    expect(client.setImage).toHaveBeenCalledWith(IMAGE);
    expect(client.preview.mock.calls).toEqual(present.mock.calls);
    const places = client.preview.mock.calls.map(([{ points }]) => `${points[0].x} ${points[0].y}`);
    expect(new Set(places).size).toBe(11);
    expect(rest).toHaveBeenCalledTimes(11);
    expect(client.dispose).not.toHaveBeenCalled();
  });

  it('finds out that masks differ', async () => {
    expect(await makeTrial(reading(1, -2, -1, 3)).trying).toMatchObject({ iou: 2 / 3 });
    expect(await makeTrial([]).trying).toMatchObject({ iou: 0 });
  });

  it('ends without a result when the image is left', async () => {
    const { client, trying } = makeTrial(null);
    expect(await trying).toBeNull();
    expect(client.dispose).toHaveBeenCalledOnce();
  });

  it('says why a step does not work at all', async () => {
    const { client, trying } = makeTrial(null, new DecoderError('decoder_unavailable', 'no memory'));
    expect(await trying).toEqual({ code: 'cannot_start', detail: 'no memory' });
    expect(client.dispose).toHaveBeenCalledOnce();
  });
});

describe('choosing a step', () => {
  const trial = (/** @type {Partial<StepTrial>} */ change) =>
    /** @type {StepTrial} */ ({ step: 'single', ms: 10, presentMs: 10, iou: 1, ...change });

  it('stays where another one is hardly faster', () => {
    const { best, reasons } = chooseStep('threads', [trial({ ms: 9.8 })]);
    expect(best).toBe('threads');
    expect(reasons.get('single')).toEqual({ code: 'slower', detail: '9.8 ms instead of 10 ms' });
  });

  it('goes to the one that is faster by its share of the present one', () => {
    const trials = [trial({ ms: 6, presentMs: 9 }), trial({ step: 'webgpu', ms: 7, presentMs: 14 })];
    const { best, reasons } = chooseStep('threads', trials);
    expect(best).toBe('webgpu');
    expect(reasons.get('threads')?.code).toBe('slower');
  });

  it('refuses WebGPU whose masks differ, however fast it is', () => {
    const { best, reasons } = chooseStep('threads', [trial({ step: 'webgpu', ms: 1, iou: 0.9 })]);
    expect(best).toBe('threads');
    expect(reasons.get('webgpu')).toEqual({ code: 'masks_differ', detail: 'IoU 0.900' });
  });

  it('leaves WebGPU when it turns out to be wrong', () => {
    const { best, reasons } = chooseStep('webgpu', [trial({ ms: 20, iou: 0.5 })]);
    expect(best).toBe('single');
    expect(reasons.get('webgpu')?.code).toBe('masks_differ');
  });

  it('has no choice without another one', () => {
    expect(chooseStep('single', [])).toEqual({ best: 'single', reasons: new Map() });
  });
});
