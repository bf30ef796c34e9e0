/** The tour over a sample photograph: which steps it has, and when the session shows that one was done. */

/** @import {BoxXyxy, ImagePoint} from '../types.js' */
/** @import {SessionState, TourStepName} from './state_types.js' */

import { imagePoint } from '../geometry/point.js';
import { shownHover } from './hover.js';
import { keptObjects, openDraft } from './selectors.js';

/** The photograph that comes with the program. */
export const SAMPLE_NAME = 'cup.jpg';

/** @type {readonly TourStepName[]} in their order; the last one only says good-bye */
export const TOUR_STEPS = Object.freeze(['hover', 'click', 'background', 'box', 'accept', 'export', 'end']);

/** Where on the sample a step happens. */
/** @type {Partial<Record<TourStepName, {point: ImagePoint} | {box: BoxXyxy}>>} */
export const TOUR_PLACES = Object.freeze({
  hover: { point: imagePoint(352, 275) },
  click: { point: imagePoint(352, 275) },
  background: { point: imagePoint(440, 170) },
  box: { box: /** @type {const} */ ([318, 60, 432, 332]) },
});

/**
 * Name the present step.
 *
 * @param {SessionState} state the session
 * @returns {TourStepName | null} null when nobody takes the tour, or it is interrupted by another image
 */
export function tourStep(state) {
  const { tour, screen, currentImageId } = state;
  return tour && screen === 'work' && currentImageId === tour.imageId ? TOUR_STEPS[tour.step] : null;
}

/** @type {(label: 0 | 1) => (state: SessionState) => boolean} */
const hasAnsweredPoint = (label) => (state) => {
  const draft = openDraft(state);
  return Boolean(draft?.answered && draft.points.some((point) => point.label === label));
};

/** @type {Record<TourStepName, (state: SessionState) => boolean>} */
const DONE = {
  hover: (state) => shownHover(state) !== null || openDraft(state) !== null,
  click: hasAnsweredPoint(1),
  background: hasAnsweredPoint(0),
  box: (state) => Boolean(openDraft(state)?.answered && openDraft(state)?.box),
  accept: (state) => keptObjects(state).length > (state.tour?.kept ?? 0),
  export: (state) => state.dialog === 'export',
  end: () => false,
};

/**
 * Say whether what the present step asks for is done.
 *
 * @param {SessionState} state the session
 * @returns {boolean} false while nobody takes the tour
 */
export function isTourStepDone(state) {
  const step = tourStep(state);
  return step !== null && DONE[step](state);
}
