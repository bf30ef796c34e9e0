import { describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { answerPrompts } from '../../../static/js/services/prompt_decoding.js';
import { setCloseUp } from '../../../static/js/state/actions/close_up_actions.js';
import { markFeaturesReady, openImage } from '../../../static/js/state/actions/image_actions.js';
import { redoStep, undoStep } from '../../../static/js/state/actions/history_actions.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { quickMask } from '../../../static/js/state/hover.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { hoverAt, makeCandidate, makeReading, settle, storeWithImages } from '../session_builders.js';

/** @import {DecodeRequest, DecodeResult, MaskReading} from '../../../static/js/types.js' */

function makeDecoding() {
  const store = storeWithImages();
  const report = vi.fn();
  /** @type {((result: DecodeResult | null) => void)[]} */
  const answers = [];
  const decode = vi.fn(
    (/** @type {DecodeRequest} */ _request) =>
      new Promise((/** @type {(result: DecodeResult | null) => void} */ resolve) => answers.push(resolve)),
  );
  /** @type {((readings: MaskReading[] | null) => void)[]} */
  const quickAnswers = [];
  const preview = vi.fn(
    () => new Promise((/** @type {(readings: MaskReading[] | null) => void} */ resolve) => quickAnswers.push(resolve)),
  );
  const onTime = vi.fn();
  answerPrompts({ store, decoder: { decode, preview }, report, onTime });
  const result = { candidates: [makeCandidate()], decodeMs: 5, totalMs: 7 };
  return { store, report, onTime, answers, quickAnswers, preview, decode, result };
}

const AT = imagePoint(5, 5);

describe('prompt decoding', () => {
  it('lets prompts wait for the embedding and asks once for all of them', async () => {
    const { store, answers, decode, result } = makeDecoding();
    store.apply(addPoint(AT, 1));
    store.apply(addPoint(imagePoint(9, 9), 0));
    expect(decode).not.toHaveBeenCalled();
    store.apply(markFeaturesReady(1));
    expect(decode).toHaveBeenCalledOnce();
    expect(decode.mock.calls[0][0]).toMatchObject({ points: [{ label: 1 }, { label: 0 }], previousLogits: null });
    answers[0](result);
    await settle();
    expect(openDraft(store.get())?.answered).toBe(true);
    expect(store.get().lastDecodeMs).toBe(7);
  });

  it('lets the whole image answer where the part that was to answer is gone', async () => {
    const { store, decode, answers, result } = makeDecoding();
    const crop = { x: 0, y: 0, width: 60, height: 60 };
    store.apply(markFeaturesReady(1));
    store.apply(setCloseUp({ imageId: 1, crop, ready: true }));
    store.apply(addPoint(AT, 1));
    expect(decode.mock.lastCall?.[0]).toMatchObject({ crop });
    store.apply(setCloseUp(null));
    expect(decode).toHaveBeenCalledTimes(2);
    expect(decode.mock.lastCall?.[0]).toMatchObject({ crop: null, points: [{ label: 1 }] });
    answers[0](null);
    answers[1](result);
    await settle();
    expect(openDraft(store.get())?.answered).toBe(true);
  });

  it('shows at once what the pointer has asked already, and nothing that it has not', async () => {
    const { store, preview, decode } = makeDecoding();
    const reading = makeReading();
    hoverAt(store, 5, 5, [reading]);
    store.apply(addPoint(AT, 1));
    expect(quickMask(store.get())).toBe(reading);
    expect(preview).not.toHaveBeenCalled();
    expect(decode).toHaveBeenCalledOnce();
    store.apply(undoStep());
    store.apply(addPoint(imagePoint(6, 5), 1));
    expect(quickMask(store.get())).toBeNull();
    expect(preview).toHaveBeenCalledOnce();
  });

  it('tells how long the answer took', async () => {
    const { store, answers, onTime, result } = makeDecoding();
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    answers[0](result);
    await settle();
    expect(onTime).toHaveBeenCalledExactlyOnceWith(7);
  });

  it('shows an answer before its exact mask is made, and only for the prompts that asked', async () => {
    const { store, answers, quickAnswers, result } = makeDecoding();
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    const reading = makeReading();
    quickAnswers[0]([reading]);
    await settle();
    expect(quickMask(store.get())).toBe(reading);
    expect(openDraft(store.get())?.answered).toBe(false);
    store.apply(addPoint(imagePoint(9, 9), 1));
    expect(quickMask(store.get())).toBeNull();
    store.apply(undoStep());
    answers[0](result);
    await settle();
    expect(quickMask(store.get())).toBeNull();
  });

  it('tells a failure once, though both answers fail', async () => {
    const { store, report, decode, preview } = makeDecoding();
    decode.mockRejectedValueOnce(new Error('broken'));
    preview.mockRejectedValueOnce(new Error('broken'));
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    await settle();
    expect(report).toHaveBeenCalledOnce();
  });

  it('asks again for each new prompt, with the shown logits', async () => {
    const { store, answers, decode, result } = makeDecoding();
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    answers[0](result);
    await settle();
    store.apply(addPoint(imagePoint(9, 9), 0));
    expect(decode.mock.calls[1][0].previousLogits).toBe(result.candidates[0].logits);
  });

  it('does not decode again what undo and redo bring back', async () => {
    const { store, answers, decode, result } = makeDecoding();
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    answers[0](result);
    await settle();
    store.apply(undoStep());
    store.apply(redoStep());
    expect(decode).toHaveBeenCalledOnce();
  });

  it('asks again when an unanswered prompt comes back', async () => {
    const { store, answers, decode } = makeDecoding();
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    answers[0](null);
    await settle();
    store.apply(openImage(2));
    store.apply(openImage(1));
    store.apply(markFeaturesReady(1));
    expect(decode).toHaveBeenCalledTimes(2);
  });

  it('reports a failure on the open image, and is silent about one that was left', async () => {
    const { store, report, decode } = makeDecoding();
    decode.mockRejectedValueOnce(new Error('broken'));
    store.apply(markFeaturesReady(1));
    store.apply(addPoint(AT, 1));
    await settle();
    expect(report).toHaveBeenCalledOnce();
    decode.mockRejectedValueOnce(new Error('other image'));
    store.apply(addPoint(AT, 1));
    store.apply(openImage(2));
    await settle();
    expect(report).toHaveBeenCalledOnce();
  });
});
