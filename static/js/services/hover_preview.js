/** Asks the decoder what the next click would do, wherever the pointer goes. */

/** @import {DecodeRequest, MaskReading} from '../types.js' */
/** @import {HoverQuestion, SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { isSameCrop } from '../masks/placement.js';
import { hoverQuestion } from '../state/hover.js';
import { setHoverEnabled, showHover } from '../state/actions/hover_actions.js';
import { text } from '../texts/texts.js';

const PREFERENCE_KEY = 'maskwright.hoverPreview';
const OFF = 'off';

/**
 * Follow the pointer. Every move is asked at once, so that the decoder need not wait for this page to be done with
 * painting; it drops the places that the pointer has left. What comes back for another image or another state of the open
 * object is never shown (`shownHover` sees to that).
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {{hover: (request: DecodeRequest) => Promise<MaskReading[] | null>}} parts.decoder null means that nobody wants
 *   to know any more
 * @param {ReportProblem} parts.report shows problems
 * @returns {() => void} stops following
 */
export function previewHover({ store, decoder, report }) {
  /** @type {HoverQuestion | null} */
  let asked = null;

  /** @type {(question: HoverQuestion) => Promise<void>} */
  const ask = async (question) => {
    const { imageId } = question;
    try {
      const readings = await decoder.hover(question.request);
      if (readings) store.apply(showHover({ ...question, readings }));
    } catch (problem) {
      const { featuresReady, currentImageId, hoverEnabled } = store.get();
      if (!featuresReady || currentImageId !== imageId || !hoverEnabled) return;
      // Once is enough: the same decoder would fail again at the next move.
      store.apply(setHoverEnabled(false));
      report(problem, text('previews were switched off'));
    }
  };

  return store.subscribe((state) => {
    const question = hoverQuestion(state);
    const isNew = question !== null && !isSame(question, asked);
    asked = question;
    if (question === null) store.apply(showHover(null));
    else if (isNew) void ask(question);
  });
}

/**
 * Keep the annotator's choice over visits.
 *
 * @param {SessionStore} store the session
 * @param {Pick<Storage, 'getItem' | 'setItem'>} storage of the browser
 * @returns {() => void} stops
 */
export function rememberHover(store, storage) {
  store.apply(setHoverEnabled(storage.getItem(PREFERENCE_KEY) !== OFF));
  return store.subscribe((state, previous) => {
    if (state.hoverEnabled !== previous.hoverEnabled) {
      storage.setItem(PREFERENCE_KEY, state.hoverEnabled ? 'on' : OFF);
    }
  });
}

/**
 * @param {HoverQuestion} question a question
 * @param {HoverQuestion | null} other the one before
 * @returns {boolean} whether the answer would be the same
 */
function isSame(question, other) {
  return (
    other !== null &&
    question.imageId === other.imageId &&
    question.draft === other.draft &&
    question.label === other.label &&
    isSameCrop(question.request.crop, other.request.crop) &&
    question.point.x === other.point.x &&
    question.point.y === other.point.y
  );
}
