/** The tour: beginning it, going on, ending it. */

/** @import {Action, ImageId} from '../state_types.js' */

import { keptObjects } from '../selectors.js';
import { TOUR_STEPS } from '../tour.js';

/**
 * Begin the tour on the open image.
 *
 * @param {ImageId} imageId the sample, which is open
 * @returns {Action} an action on the page's state
 */
export function beginTour(imageId) {
  return (state) => ({ ...state, tour: { step: 0, kept: keptObjects(state).length, imageId } });
}

/**
 * Go to the next step; after the last one the tour is over.
 *
 * @returns {Action} an action on the page's state
 */
export function nextTourStep() {
  return (state) => {
    if (!state.tour) return state;
    const step = state.tour.step + 1;
    return { ...state, tour: step < TOUR_STEPS.length ? { ...state.tour, step } : null };
  };
}

/**
 * End the tour.
 *
 * @returns {Action} an action on the page's state
 */
export function endTour() {
  return (state) => (state.tour ? { ...state, tour: null } : state);
}
