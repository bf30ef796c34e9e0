/** Asks the decoder about the open object whenever its prompts have no answer yet. */

/** @import {DecodeRequest, DecodeResult, MaskReading} from '../types.js' */
/** @import {Draft, ImageId, SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { isSameCrop } from '../masks/placement.js';
import { answerOnWhole } from '../state/actions/close_up_actions.js';
import { receiveAnswer } from '../state/actions/prompt_actions.js';
import { showQuick } from '../state/actions/reading_actions.js';
import { readyCrop } from '../state/close_up.js';
import { openDraft } from '../state/selectors.js';
import { text } from '../texts/texts.js';

/**
 * @typedef {object} PromptDecoder
 * @property {(request: DecodeRequest) => Promise<MaskReading[] | null>} preview the masks as logits, soon; null
 *   where there are none before the whole answer
 * @property {(request: DecodeRequest) => Promise<DecodeResult | null>} decode the whole answer, with the masks at image
 *   size; null means that a newer request overtook this one
 */

/**
 * Follow the session and keep the open object answered. Prompts set while the image is still being encoded wait here:
 * the answer is asked for as soon as the decoder has the features.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {PromptDecoder} parts.decoder finds the masks
 * @param {ReportProblem} parts.report shows problems
 * @param {(ms: number) => void} [parts.onTime] told how long each answer took
 * @returns {() => void} stops following
 */
export function answerPrompts({ store, decoder, report, onTime = () => {} }) {
  /** @type {{imageId: ImageId, revision: number} | null} */
  let asked = null;

  /** @type {(imageId: ImageId, draft: Draft) => Promise<void>} */
  const ask = async (imageId, draft) => {
    const { points, box, previousLogits, threshold, revision, crop = null } = draft;
    const request = { points, box, previousLogits, threshold, crop };
    const { hover } = store.get();
    // Where the pointer rested, the answer is there already.
    if (hover?.imageId === imageId && isSame(hover.request, request)) {
      store.apply(showQuick({ imageId, revision, readings: hover.readings }));
    } else {
      // What it takes to show the answer comes first; the exact masks follow from the same run of the decoder. A failure
      // is told once, by the whole answer.
      void decoder.preview(request).then(
        (readings) => readings && store.apply(showQuick({ imageId, revision, readings })),
        () => {},
      );
    }
    try {
      const result = await decoder.decode(request);
      if (!result) return;
      onTime(result.totalMs);
      store.apply(receiveAnswer({ imageId, revision, candidates: result.candidates, totalMs: result.totalMs }));
    } catch (problem) {
      if (store.get().currentImageId === imageId) report(problem, text('the prompt was not answered'));
    }
  };

  const look = () => {
    const state = store.get();
    const draft = openDraft(state);
    const imageId = state.currentImageId;
    if (!draft || draft.answered || imageId === null || !state.featuresReady) return;
    // The part of the image that was to answer is gone: another page asked, or another part took its place.
    if (draft.crop && !isSameCrop(draft.crop, readyCrop(state))) {
      asked = null;
      store.apply(answerOnWhole(imageId, draft.revision));
      return;
    }
    if (asked?.imageId === imageId && asked.revision === draft.revision) return;
    asked = { imageId, revision: draft.revision };
    void ask(imageId, draft);
  };

  return store.subscribe((state, previous) => {
    // Coming back to an image, its unanswered prompts may be asked again.
    if (state.currentImageId !== previous.currentImageId || !state.featuresReady) asked = null;
    look();
  });
}

/**
 * @param {DecodeRequest} one a question
 * @param {DecodeRequest} other another one
 * @returns {boolean} whether both have the same answer
 */
function isSame(one, other) {
  if (!isSameCrop(one.crop, other.crop)) return false;
  if (one.previousLogits !== other.previousLogits || (one.threshold ?? null) !== (other.threshold ?? null))
    return false;
  return JSON.stringify([one.points, one.box]) === JSON.stringify([other.points, other.box]);
}
