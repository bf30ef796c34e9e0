/** Which objects keys and hand tools act on, and what is copied. */

/** @import {Action, Clipboard} from '../state_types.js' */

import { openDraft } from '../selectors.js';

/**
 * Select objects instead of the ones that were.
 *
 * @param {readonly string[]} selectedKeys none clears the selection
 * @returns {Action} an action on the view
 */
export function selectObjects(selectedKeys) {
  return (state) => {
    const same = selectedKeys.length === state.selectedKeys.length;
    return same && selectedKeys.every((key, at) => key === state.selectedKeys[at]) ? state : { ...state, selectedKeys };
  };
}

/**
 * Add an object to the selection, or take it out.
 *
 * @param {string} key the object
 * @returns {Action} an action on the view
 */
export function toggleSelected(key) {
  return (state) => {
    const others = state.selectedKeys.filter((selected) => selected !== key);
    return { ...state, selectedKeys: others.length < state.selectedKeys.length ? others : [...others, key] };
  };
}

/**
 * Lock objects, so that no hand tool changes them; if all are locked already, unlock them.
 *
 * @param {readonly string[]} keys the objects
 * @returns {Action} an action on the view
 */
export function toggleLocked(keys) {
  return (state) => {
    const lockedKeys = { ...state.lockedKeys };
    const locks = keys.some((key) => !lockedKeys[key]);
    for (const key of keys) {
      if (locks) lockedKeys[key] = true;
      else delete lockedKeys[key];
    }
    return { ...state, lockedKeys };
  };
}

/**
 * Remember copied objects.
 *
 * @param {Clipboard} clipboard the objects and where they came from
 * @returns {Action} an action on the view
 */
export function setClipboard(clipboard) {
  return (state) => ({ ...state, clipboard });
}

/**
 * Show how far the selected objects are being moved.
 *
 * @param {{dx: number, dy: number} | null} move in whole image pixels; null when the gesture is over
 * @returns {Action} an action on the view
 */
export function previewMove(move) {
  return (state) => {
    if (openDraft(state) && move) return state;
    return { ...state, preview: move && { move } };
  };
}
