/** Key presses on the page into commands. */

/** @import {KeyBinding} from './key_map.js' */

import { findBinding } from './key_map.js';

/** Keys that a focused control answers itself. */
const CONTROL_KEYS = new Set(['Enter', ' ', 'Tab']);

/**
 * Listen to the keys of the page. Text fields and open dialogs keep their keys.
 *
 * @param {object} options what the keys do
 * @param {(binding: KeyBinding) => boolean} options.run runs a command; false leaves the key to the browser
 * @param {(held: boolean) => void} options.holdPan space went down or up
 * @returns {() => void} stops listening
 */
export function listenToKeyboard({ run, holdPan }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || belongsElsewhere(event)) return;
    if (event.key === ' ') {
      holdPan(true);
      event.preventDefault();
      return;
    }
    const binding = findBinding(event);
    if (binding && run(binding)) event.preventDefault();
  };
  const onKeyUp = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === ' ') holdPan(false);
  };
  const onBlur = () => holdPan(false);
  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', onBlur);
  return () => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', onBlur);
  };
}

/**
 * @param {KeyboardEvent} event a key press
 * @returns {boolean} true when a text field, a dialog or a focused control should have it
 */
function belongsElsewhere(event) {
  if (!(event.target instanceof Element)) return false;
  if (document.querySelector('dialog[open]')) return true;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return true;
  const onControl = event.target.closest('button, a[href]') !== null;
  return onControl && CONTROL_KEYS.has(event.key);
}
