import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DecoderError } from '../../../static/js/inference/decoder_error.js';
import { DecoderLadder } from '../../../static/js/services/decoder_ladder.js';
import { SQUARE } from '../session_builders.js';

/** @import {DecodeRequest, DecoderErrorCode, DecoderStep, MaskReading, ModelJson, StepReason} from '../../../static/js/types.js' */
/** @import {LadderEvent, LadderState} from '../../../static/js/services/decoder_ladder.js' */

const IMAGE = { imageId: '7', embedding: new ArrayBuffer(0), imageSize: { width: 2, height: 2 } };
/** One pixel, top left, of 2 x 2. */
const PIXEL = { size: /** @type {const} */ ([2, 2]), counts: '013' };
/** @type {DecodeRequest} */
const PROMPT = { points: [], box: [0, 0, 1, 1], previousLogits: null };
const MODEL = /** @type {ModelJson} */ ({ model_id: 'm' });
const PLACEMENT = { imageSize: IMAGE.imageSize, inputSize: IMAGE.imageSize, modelSize: 2, threshold: 0 };
const ANSWER = { candidates: [], decodeMs: 1, totalMs: 2 };
const FROM_SERVER = { candidates: [], decodeMs: 9, totalMs: 9 };

/** @type {(code: DecoderErrorCode, message?: string) => DecoderError} */
const failure = (code, message = code) => new DecoderError(code, message);

/** @param {(problem: unknown) => void} onLost its way to say that its worker died */
function makeClient(onLost) {
  return {
    lose: onLost,
    load: vi.fn(async () => ({ modelId: 'm', threads: 2, provider: 'wasm', warmupMs: 1 })),
    setImage: vi.fn(async () => {}),
    setCloseUp: vi.fn(async () => {}),
    decode: vi.fn(async () => /** @type {typeof ANSWER | null} */ (ANSWER)),
    preview: vi.fn(async () => /** @type {MaskReading[] | null} */ ([])),
    hover: vi.fn(async () => /** @type {MaskReading[] | null} */ ([])),
    exactMask: vi.fn(async () => ({
      rle: PIXEL,
      area: 1,
      bbox: /** @type {const} */ ([0, 0, 1, 1]),
      contours: SQUARE,
    })),
    traceRle: vi.fn(async () => SQUARE),
    dispose: vi.fn(),
  };
}

/** @type {ReturnType<typeof makeClient>[]} */
let clients;
/** @type {((client: ReturnType<typeof makeClient>) => void)[]} what goes wrong with the next clients */
let troubles;
/** @type {LadderEvent[]} */
let events;
/** @type {LadderState[]} */
let states;
/** @type {Map<DecoderStep, StepReason>} */
let reasons;
const readModel = vi.fn(async () => MODEL);
const askServer = vi.fn(async () => FROM_SERVER);

/** @type {(first?: DecoderStep) => DecoderLadder} */
const makeLadder = (first = 'threads') =>
  new DecoderLadder({
    reasons,
    first,
    createClient(onLost) {
      const client = makeClient(onLost);
      troubles.shift()?.(client);
      clients.push(client);
      return client;
    },
    failureAt: () => null,
    readModel,
    askServer,
    onChange: (state) => states.push(state),
    onEvent: (event) => events.push(event),
  });

const dies = (/** @type {ReturnType<typeof makeClient>} */ client) =>
  void client.decode.mockRejectedValue(failure('decoder_lost'));
const cannotLoad = (/** @type {ReturnType<typeof makeClient>} */ client) =>
  void client.load.mockRejectedValue(failure('decoder_unavailable', 'no WebAssembly'));

beforeEach(() => {
  clients = [];
  troubles = [];
  events = [];
  states = [];
  reasons = new Map([['webgpu', { code: 'not_measured', detail: '' }]]);
  vi.clearAllMocks();
});

describe('the ladder', () => {
  it('starts once and stays in this browser while that works', async () => {
    const ladder = makeLadder();
    await Promise.all([ladder.start(), ladder.setImage(IMAGE)]);
    expect(await ladder.decode(PROMPT)).toBe(ANSWER);
    expect(await ladder.preview(PROMPT)).toEqual([]);
    expect(await ladder.hover(PROMPT)).toEqual([]);
    expect(await ladder.traceRle(PIXEL)).toBe(SQUARE);
    expect(clients).toHaveLength(1);
    expect(clients[0].load).toHaveBeenCalledExactlyOnceWith(MODEL, { provider: 'wasm', threads: null, failure: null });
    expect(states.map(({ phase }) => phase)).toEqual(['loading', 'ready']);
    expect(events).toEqual([]);
  });

  it('goes down step by step when the decoder cannot start, and says why', async () => {
    troubles = [cannotLoad, cannotLoad];
    const ladder = makeLadder();
    await ladder.start();
    expect(clients.map(({ load }) => /** @type {unknown[]} */ (load.mock.calls[0])[1])).toMatchObject([
      { threads: null },
      { threads: 1 },
    ]);
    expect(ladder.place.step).toBe('server');
    expect(states.at(-1)).toMatchObject({ phase: 'server', step: 'server' });
    expect(events).toMatchObject([
      { kind: 'stepped', code: 'cannot_start', step: 'single', problem: 'no WebAssembly', isMemory: false },
      { kind: 'stepped', code: 'cannot_start', step: 'server' },
    ]);
    expect(reasons.get('single')).toEqual({ code: 'cannot_start', detail: 'no WebAssembly' });
  });

  it('asks the server, and makes masks and outlines without a worker', async () => {
    const ladder = makeLadder('server');
    await ladder.setImage(IMAGE);
    expect(await ladder.decode(PROMPT)).toEqual(FROM_SERVER);
    expect(askServer).toHaveBeenCalledExactlyOnceWith(7, PROMPT);
    expect(await ladder.preview(PROMPT)).toBeNull();
    expect(await ladder.hover(PROMPT)).toBeNull();
    expect((await ladder.traceRle(PIXEL)).ringStarts).toHaveLength(1);
    expect((await ladder.exactMask(Float32Array.of(1, -1, -1, -1), 2, PLACEMENT)).area).toBe(1);
    expect(clients).toHaveLength(0);
  });

  it('traces outlines while the decoder still loads', async () => {
    troubles = [(client) => void client.load.mockReturnValue(new Promise(() => {}))];
    const ladder = makeLadder();
    void ladder.start();
    await vi.waitFor(() => expect(clients[0].load).toHaveBeenCalled());
    expect(await ladder.traceRle(PIXEL)).toBe(SQUARE);
    expect(states.map(({ phase }) => phase)).toEqual(['loading']);
    clients[0].traceRle.mockRejectedValueOnce(failure('rle_invalid'));
    await expect(ladder.traceRle(PIXEL)).rejects.toMatchObject({ code: 'rle_invalid' });
  });

  it('traces outlines without the worker that died while it loaded', async () => {
    let die = () => {};
    troubles = [
      (client) => {
        const dead = failure('decoder_lost');
        client.load.mockReturnValue(new Promise((_, reject) => (die = () => reject(dead))));
        client.traceRle.mockRejectedValue(dead);
      },
    ];
    const ladder = makeLadder();
    void ladder.start();
    await vi.waitFor(() => expect(clients[0].load).toHaveBeenCalled());
    const outline = ladder.traceRle(PIXEL);
    die();
    expect(await outline).toBe(SQUARE);
    expect(clients[0].traceRle).toHaveBeenCalledOnce();
    expect(clients).toHaveLength(2);
  });

  it('drops an answer of the server that a newer prompt overtook', async () => {
    const ladder = makeLadder('server');
    await ladder.setImage(IMAGE);
    expect(await Promise.all([ladder.decode(PROMPT), ladder.decode(PROMPT)])).toEqual([null, FROM_SERVER]);
  });

  it('comes back to this browser with the next image', async () => {
    troubles = [cannotLoad];
    reasons.set('single', { code: 'not_chosen', detail: '' });
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    expect(ladder.place.step).toBe('server');
    await ladder.setImage(IMAGE);
    expect(await ladder.decode(PROMPT)).toBe(ANSWER);
    expect(askServer).not.toHaveBeenCalled();
  });

  it('passes on what another step could not help with', async () => {
    const ladder = makeLadder();
    await ladder.start();
    clients[0].setImage.mockRejectedValueOnce(failure('embedding_invalid'));
    await expect(ladder.setImage(IMAGE)).rejects.toMatchObject({ code: 'embedding_invalid' });
    clients[0].traceRle.mockRejectedValueOnce(failure('rle_invalid'));
    await expect(ladder.traceRle(PIXEL)).rejects.toMatchObject({ code: 'rle_invalid' });
    expect(clients).toHaveLength(1);
  });

  it('fails where the server cannot be reached, and tries again when it is asked again', async () => {
    const ladder = makeLadder();
    readModel.mockRejectedValueOnce(new Error('the server must answer'));
    await expect(ladder.start()).rejects.toThrow('the server must answer');
    expect(states.at(-1)).toMatchObject({ phase: 'failed', problem: 'the server must answer' });
    await ladder.start();
    expect(states.at(-1)?.phase).toBe('ready');
  });
});

describe('a worker that dies', () => {
  it('is replaced, gets the image again, and answers the same prompt', async () => {
    troubles = [dies];
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    expect(await ladder.decode(PROMPT)).toBe(ANSWER);
    expect(clients).toHaveLength(2);
    expect(clients[0].dispose).toHaveBeenCalled();
    expect(clients[1].setImage).toHaveBeenCalledExactlyOnceWith(IMAGE);
    expect(clients[1].decode).toHaveBeenCalledExactlyOnceWith(PROMPT);
    expect(events).toMatchObject([{ kind: 'restarted', step: 'threads' }]);
  });

  it('gets the part of the image again too, but none of an earlier image', async () => {
    const ladder = makeLadder();
    const part = { embedding: new ArrayBuffer(2), imageSize: IMAGE.imageSize };
    await ladder.setImage(IMAGE);
    await ladder.setCloseUp(part);
    expect(clients[0].setCloseUp).toHaveBeenCalledExactlyOnceWith(part);
    clients[0].decode.mockRejectedValueOnce(failure('decoder_lost'));
    expect(await ladder.decode(PROMPT)).toBe(ANSWER);
    expect(clients[1].setCloseUp).toHaveBeenCalledExactlyOnceWith(part);
    await ladder.setImage(IMAGE);
    clients[1].decode.mockRejectedValueOnce(failure('decoder_lost'));
    expect(await ladder.decode(PROMPT)).toBe(ANSWER);
    expect(clients[2].setImage).toHaveBeenCalledOnce();
    expect(clients[2].setCloseUp).not.toHaveBeenCalled();
  });

  it('needs nothing of a part where the server answers', async () => {
    const ladder = makeLadder('server');
    await ladder.setImage(IMAGE);
    await ladder.setCloseUp({ embedding: new ArrayBuffer(2), imageSize: IMAGE.imageSize });
    const crop = { x: 0, y: 0, width: 1, height: 1 };
    await ladder.decode({ ...PROMPT, crop });
    expect(askServer).toHaveBeenLastCalledWith(7, { ...PROMPT, crop });
  });

  it('loses none of the questions that wait, and is replaced once for all of them', async () => {
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    for (const ask of [clients[0].decode, clients[0].preview, clients[0].exactMask]) {
      ask.mockRejectedValue(failure('decoder_lost'));
    }
    const answers = await Promise.all([
      ladder.decode(PROMPT),
      ladder.preview(PROMPT),
      ladder.exactMask(Float32Array.of(1), 1, PLACEMENT),
    ]);
    expect(answers).toMatchObject([ANSWER, [], { area: 1 }]);
    expect(clients).toHaveLength(2);
    expect(events).toHaveLength(1);
  });

  it('makes room for the next step when it keeps dying, down to the server', async () => {
    troubles = Array.from({ length: 6 }, () => dies);
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    expect(await ladder.decode(PROMPT)).toBe(FROM_SERVER);
    expect(clients).toHaveLength(6);
    expect(events.map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      ...['restarted threads', 'restarted threads', 'stepped single'],
      ...['restarted single', 'restarted single', 'stepped server'],
    ]);
    // What keeps dying is not tried again with every image.
    await ladder.setImage(IMAGE);
    expect(clients).toHaveLength(6);
  });

  it('is told to have run out of memory where it has', async () => {
    troubles = [(client) => void client.decode.mockRejectedValue(failure('decoder_failed', 'bad_alloc'))];
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    await ladder.decode(PROMPT);
    expect(events).toMatchObject([{ isMemory: true }]);
  });

  it('is replaced at once, also if nobody asked it', async () => {
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    clients[0].lose(failure('decoder_lost'));
    await vi.waitFor(() => expect(clients).toHaveLength(2));
    await vi.waitFor(() => expect(clients[1].setImage).toHaveBeenCalledWith(IMAGE));
  });

  it('does not bring an overtaken prompt back', async () => {
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    clients[0].decode.mockRejectedValue(failure('decoder_lost'));
    const newer = { ...PROMPT, box: /** @type {const} */ ([0, 0, 2, 2]) };
    expect(await Promise.all([ladder.decode(PROMPT), ladder.decode(newer)])).toEqual([null, ANSWER]);
    expect(clients[1].decode).toHaveBeenCalledExactlyOnceWith(newer);
  });
});

describe('another worker', () => {
  it('is taken over with the open image, and unanswered prompts move to it', async () => {
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    /** @type {(answer: null) => void} */
    let overtake = () => {};
    clients[0].decode.mockReturnValueOnce(new Promise((resolve) => (overtake = resolve)));
    const decoding = ladder.decode(PROMPT);
    const better = makeClient(() => {});
    ladder.take('single', better, { modelId: 'm', threads: 1, provider: 'wasm', warmupMs: 1 });
    await vi.waitFor(() => expect(clients[0].dispose).toHaveBeenCalled());
    overtake(null);
    expect(await decoding).toBe(ANSWER);
    expect(better.setImage).toHaveBeenCalledWith(IMAGE);
    expect(better.decode).toHaveBeenCalledWith(PROMPT);
    expect(ladder.place.step).toBe('single');
  });

  it('is started with the model that the server has by now', async () => {
    const ladder = makeLadder();
    await ladder.setImage(IMAGE);
    /** @type {(answer: null) => void} */
    let overtake = () => {};
    clients[0].decode.mockReturnValueOnce(new Promise((resolve) => (overtake = resolve)));
    const decoding = ladder.decode(PROMPT);
    await ladder.renew();
    overtake(null);
    expect(await decoding).toBeNull();
    expect(readModel.mock.calls).toEqual([[false], [true]]);
    expect(clients).toHaveLength(2);
    expect(clients[1].setImage).not.toHaveBeenCalled();
  });
});
