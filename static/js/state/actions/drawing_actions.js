/** What hand tools show while they draw, and how large their tip is. */

/** @import {Action, ImagePoint, Ring, StrokePreview} from '../state_types.js' */

/** Of a pixel, and of the longest side that a photograph is likely to have. */
const SIZES = { smallest: 1, largest: 5000 };

/**
 * Show the stroke that is being drawn.
 *
 * @param {StrokePreview | null} stroke null when the gesture is over
 * @returns {Action} an action on the view
 */
export function previewStroke(stroke) {
  return (state) => ({ ...state, preview: stroke && { stroke } });
}

/**
 * Show the line that is being drawn.
 *
 * @param {Ring | null} ring null when the gesture is over
 * @returns {Action} an action on the view
 */
export function previewRing(ring) {
  return (state) => ({ ...state, preview: ring && { ring } });
}

/**
 * Show the line that is being drawn over an object.
 *
 * @param {ReadonlyArray<ImagePoint> | null} line null when the gesture is over
 * @returns {Action} an action on the view
 */
export function previewLine(line) {
  return (state) => ({ ...state, preview: line && { line } });
}

/**
 * Choose the diameter of brush and eraser.
 *
 * @param {number} size in image pixels; cut to what makes sense
 * @returns {Action} an action on the view
 */
export function setBrushSize(size) {
  const brushSize = Math.min(Math.max(Math.round(size), SIZES.smallest), SIZES.largest);
  return (state) => (state.brushSize === brushSize ? state : { ...state, brushSize });
}
