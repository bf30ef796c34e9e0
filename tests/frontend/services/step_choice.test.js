import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StepChoice } from '../../../static/js/services/step_choice.js';
import { markFeaturesReady } from '../../../static/js/state/actions/image_actions.js';
import { settle, storeWithImages } from '../session_builders.js';

/** @import {DecoderStep, ForcedFailure, MaskReading, ModelJson, StepReason} from '../../../static/js/types.js' */
/** @import {LadderClient, NextImage} from '../../../static/js/services/decoder_ladder.js' */

const MODEL = /** @type {ModelJson} */ ({ model_id: 'm' });
const SIZE = { width: 40, height: 30 };
const INFO = { modelId: 'm', threads: 1, provider: 'wasm', warmupMs: 1 };

/** @type {(sign: 1 | -1) => MaskReading[]} a mask, or what is around it */
const answer = (sign) => [
  {
    ...{ token: 1, predictedIou: 0.5, side: 2, coverage: 0.5, logits: Float32Array.of(sign, -sign, sign, sign) },
    placement: { imageSize: SIZE, inputSize: SIZE, modelSize: 40, threshold: 0 },
  },
];

/** @type {(pause: number) => Promise<void>} */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {{reasons?: [DecoderStep, StepReason][], adapter?: string | null, lies?: boolean, presentMs?: number, otherMs?: number, starts?: boolean}} options what the device is like */
function makeChoice({ reasons = [], adapter = null, lies = false, presentMs = 4, otherMs = 0, starts = true } = {}) {
  const store = storeWithImages();
  const place = {
    step: /** @type {DecoderStep} */ ('threads'),
    reasons: new Map([
      /** @type {[DecoderStep, StepReason]} */ (['webgpu', { code: 'not_measured', detail: '' }]),
      ...reasons,
    ]),
    image: /** @type {NextImage | null} */ ({ imageId: '1', embedding: new ArrayBuffer(0), imageSize: SIZE }),
  };
  const ladder = {
    place,
    take: vi.fn(),
    lost: vi.fn(),
    preview: vi.fn(async () => pause(presentMs).then(() => answer(1))),
  };
  /** @type {{dispose: ReturnType<typeof vi.fn>, lose: (problem: unknown) => void}[]} */
  const clients = [];
  const createClient = (/** @type {(problem: unknown) => void} */ onLost) => {
    const isLiar = lies && clients.length === 0;
    const client = {
      load: async () => (starts ? INFO : Promise.reject(new Error('no answer'))),
      setImage: async () => {},
      preview: async () => pause(otherMs).then(() => answer(isLiar ? -1 : 1)),
      dispose: vi.fn(),
      lose: onLost,
    };
    clients.push(client);
    return /** @type {LadderClient} */ (/** @type {unknown} */ (client));
  };
  const kept = new Map();
  const choice = new StepChoice({
    ...{ store, ladder, createClient, device: 'this one', model: () => MODEL },
    storage: { getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => void kept.set(name, text) },
    idle: { note: () => {}, whenIdle: async () => {} },
    readAdapter: async () => adapter,
    failureAt: (step) => /** @type {ForcedFailure | null} */ (lies && step === 'webgpu' ? 'webgpu-lies' : null),
  });
  return { store, ladder, place, clients, kept, choice };
}

describe('the choice of a step', () => {
  it('goes to what is faster, says why not the others, and keeps it for later visits', async () => {
    const { ladder, place, clients, kept, choice } = makeChoice();
    expect(await choice.measure()).toBe(true);
    expect(ladder.take).toHaveBeenCalledExactlyOnceWith('single', expect.anything(), INFO);
    expect(place.reasons.get('threads')?.code).toBe('slower');
    expect(place.reasons.get('webgpu')?.code).toBe('no_adapter');
    expect(choice.known.record).toMatchObject({ modelId: 'm', best: 'single', times: { threads: expect.any(Number) } });
    expect([...kept.values()].join()).toContain('"best":"single"');
    clients[0].lose('gone');
    expect(ladder.lost).toHaveBeenCalledExactlyOnceWith(clients[0], 'gone');
  });

  it('stays where it is best, leaving the steps below open to fall back to', async () => {
    const { ladder, place, clients, choice } = makeChoice({ presentMs: 0, otherMs: 4 });
    await choice.measure();
    expect(ladder.take).not.toHaveBeenCalled();
    expect(clients[0].dispose).toHaveBeenCalledOnce();
    expect([...place.reasons.keys()]).toEqual(['webgpu']);
    expect(choice.known.record?.best).toBe('threads');
  });

  it('refuses WebGPU that lies', async () => {
    const { ladder, place, clients, choice } = makeChoice({ lies: true, presentMs: 2 });
    await choice.measure();
    expect(place.reasons.get('webgpu')).toEqual({ code: 'masks_differ', detail: 'IoU 0.000' });
    expect(clients[0].dispose).toHaveBeenCalled();
    expect(ladder.take).not.toHaveBeenCalledWith('webgpu', expect.anything(), expect.anything());
  });

  it('takes WebGPU that is right and faster', async () => {
    const { ladder, choice } = makeChoice({
      adapter: 'acme',
      reasons: [['single', { code: 'not_isolated', detail: '' }]],
    });
    await choice.measure();
    expect(ladder.take).toHaveBeenCalledWith('webgpu', expect.anything(), INFO);
  });

  it('measures nothing where a step is forced, or there is no image', async () => {
    const forced = makeChoice({ reasons: [['single', { code: 'not_chosen', detail: '' }]] });
    expect(await forced.choice.measure()).toBe(true);
    expect(forced.clients).toEqual([]);
    const early = makeChoice();
    early.place.image = null;
    expect(await early.choice.measure()).toBe(false);
  });

  it('keeps nothing for later visits where no other step started', async () => {
    const { ladder, kept, choice } = makeChoice({ starts: false });
    expect(await choice.measure()).toBe(true);
    expect(ladder.take).not.toHaveBeenCalled();
    expect(kept.size).toBe(0);
  });

  it('gives up when the image is left', async () => {
    const { ladder, clients, kept, choice } = makeChoice();
    ladder.preview.mockResolvedValue(/** @type {never} */ (null));
    expect(await choice.measure()).toBe(false);
    expect(clients[0].dispose).toHaveBeenCalledOnce();
    expect(kept.size).toBe(0);
  });
});

describe('the first measurement', () => {
  beforeEach(() => vi.restoreAllMocks());

  it('waits for the first image that can be clicked on, and comes once', async () => {
    const { store, clients, choice } = makeChoice({ presentMs: 0 });
    const stop = choice.start();
    await settle();
    expect(clients).toEqual([]);
    const id = /** @type {number} */ (store.get().currentImageId);
    store.apply(markFeaturesReady(id));
    await vi.waitFor(() => expect(choice.known.record?.modelId).toBe('m'));
    store.apply((state) => ({ ...state, featuresReady: false }));
    store.apply(markFeaturesReady(id));
    await settle();
    expect(clients).toHaveLength(1);
    stop();
  });
});
