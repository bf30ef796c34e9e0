/** How photograph and masks look, per project, and what is measured on the screen. */

/** @import {Look, Measure} from '../../look_types.js' */
/** @import {Action, SessionState} from '../state_types.js' */

import { USUAL_LOOK, lookOf, withLook } from '../looks.js';

/**
 * Change the look of the project that is loaded.
 *
 * @param {Partial<Look>} change the parts that change, cut to what makes sense
 * @returns {Action} an action on the view
 */
export function changeLook(change) {
  return (state) => withOwn(state, withLook(change, lookOf(state)));
}

/**
 * Show photograph and masks as usual.
 *
 * @returns {Action} an action on the view
 */
export function resetLook() {
  return (state) => withOwn(state, USUAL_LOOK);
}

/**
 * Take over the looks of an earlier visit.
 *
 * @param {SessionState['looks']} looks by project
 * @returns {Action} an action on the view
 */
export function setLooks(looks) {
  return (state) => ({ ...state, looks });
}

/**
 * Open or close the panel of looks.
 *
 * @returns {Action} an action on the view
 */
export function toggleLookPanel() {
  return (state) => ({ ...state, lookPanelOpen: !state.lookPanelOpen });
}

/**
 * Show a distance.
 *
 * @param {Measure | null} measure null for none
 * @returns {Action} an action on the view
 */
export function showMeasure(measure) {
  return (state) => (state.measure === measure ? state : { ...state, measure });
}

/** @type {(state: SessionState, look: Look) => SessionState} */
const withOwn = (state, look) => ({ ...state, looks: { ...state.looks, [state.projectId ?? -1]: look } });
