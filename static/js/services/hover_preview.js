/** Asks the decoder what the next click would do, one question at a time, always about where the pointer is now. */

/** @import {DecodeRequest, MaskReading} from '../types.js' */
/** @import {HoverQuestion, SessionStore} from '../state/state_types.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { hoverQuestion } from '../state/hover.js';
import { setHoverEnabled, showHover } from '../state/actions/hover_actions.js';
import { text } from '../texts/texts.js';

const PREFERENCE_KEY = 'maskwright.hoverPreview';
const OFF = 'off';

/**
 * Follow the pointer. While a question is under way newer ones wait, and only the newest is asked next; what comes back
 * for another image or another state of the open object is never shown (`shownHover` sees to that).
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {{preview: (request: DecodeRequest) => Promise<MaskReading[] | null>}} parts.decoder null
 *   means that the image is gone
 * @param {ReportProblem} parts.report shows problems
 * @returns {() => void} stops following
 */
export function previewHover({ store, decoder, report }) {
  /** @type {HoverQuestion | null} */
  let asked = null;
  let busy = false;

  /** @type {(question: HoverQuestion) => Promise<void>} */
  const ask = async ({ imageId, draft, point, label, request }) => {
    try {
      const readings = await decoder.preview(request);
      if (readings) store.apply(showHover({ imageId, draft, point, label, readings }));
    } catch (problem) {
      // A worker that died is reported by the decoder itself, and comes back without a new choice of the annotator.
      if (!store.get().featuresReady || store.get().currentImageId !== imageId) return;
      // Once is enough: the same decoder would fail again at the next move.
      store.apply(setHoverEnabled(false));
      report(problem, text('previews were switched off'));
    }
  };

  const look = async () => {
    if (busy) return;
    busy = true;
    for (let question = hoverQuestion(store.get()); question; question = hoverQuestion(store.get())) {
      if (isSame(question, asked)) break;
      asked = question;
      await ask(question);
    }
    busy = false;
  };

  return store.subscribe((state) => {
    if (hoverQuestion(state) === null) {
      asked = null;
      store.apply(showHover(null));
    } else void look();
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
    question.point.x === other.point.x &&
    question.point.y === other.point.y
  );
}
