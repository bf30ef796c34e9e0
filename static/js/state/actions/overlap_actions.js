/** What masks may do to the pixels of other objects, and where they do. */

/** @import {Action, ImageId, Overlaps} from '../state_types.js' */

/**
 * Let new and changed masks take pixels of other objects in an exclusive project, or leave them theirs.
 *
 * @param {boolean} takesPixels true to take
 * @returns {Action} an action on the view
 */
export function setTakesPixels(takesPixels) {
  return (state) => (state.takesPixels === takesPixels ? state : { ...state, takesPixels });
}

/**
 * Say which objects of an image share pixels.
 *
 * @param {ImageId} imageId the image
 * @param {Overlaps['pairs']} pairs pairs of keys
 * @returns {Action} an action on the view
 */
export function setOverlaps(imageId, pairs) {
  return (state) => {
    const same = state.overlaps?.imageId === imageId && String(state.overlaps.pairs) === String(pairs);
    return same ? state : { ...state, overlaps: { imageId, pairs } };
  };
}
