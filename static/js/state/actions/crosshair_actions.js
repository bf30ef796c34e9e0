/** The crosshair that keys move over the photograph. */

/** @import {Action, ImagePoint} from '../state_types.js' */

/**
 * Show the crosshair, or hide it. While it is shown it is the pointer: the cursor follows it.
 *
 * @param {ImagePoint | null} point in image pixels; null when the mouse or a finger has taken over
 * @returns {Action} an action on the view
 */
export function setCrosshair(point) {
  return (state) => {
    if (point === state.crosshair) return state;
    return { ...state, crosshair: point, cursor: point ?? state.cursor };
  };
}
