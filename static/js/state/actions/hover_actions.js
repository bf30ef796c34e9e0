/** The preview of the next click. It belongs to the view: nothing that is kept or undone knows of it. */

/** @import {Action, HoverPreview} from '../state_types.js' */

/**
 * Show what a click would do.
 *
 * @param {HoverPreview | null} hover null takes the preview away
 * @returns {Action} an action on the view
 */
export function showHover(hover) {
  return (state) => (state.hover === hover ? state : { ...state, hover });
}

/**
 * Switch previews on or off.
 *
 * @param {boolean} hoverEnabled true shows them
 * @returns {Action} an action on the view
 */
export function setHoverEnabled(hoverEnabled) {
  return (state) => (state.hoverEnabled === hoverEnabled ? state : { ...state, hoverEnabled, hover: null });
}
