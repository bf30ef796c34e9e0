/** Key presses on the page into commands. */

/** @import {KeyBinding} from './key_map.js' */

import { findBinding } from './key_map.js';

/** Keys that a focused control answers itself. */
const CONTROL_KEYS = new Set(['Enter', ' ', 'Tab']);
/** Keys that a text field answers itself while Ctrl is held: select all, copy, cut, paste, undo, redo. */
const TEXT_KEYS = new Set(['a', 'c', 'v', 'x', 'y', 'z']);
/** Inputs that are moved or switched and have no use for letters. */
const WORDLESS = 'input[type=range], input[type=checkbox], input[type=radio], input[type=color], input[type=file]';

/**
 * Listen to the keys of the page. Text fields and open dialogs keep their keys.
 *
 * @param {object} options what the keys do
 * @param {(binding: KeyBinding) => boolean} options.run runs a command; false leaves the key to the browser
 * @param {(held: boolean) => void} options.holdPan space went down or up
 * @param {() => readonly KeyBinding[]} [options.keys] the keys that hold now; without it those of the map
 * @returns {() => void} stops listening
 */
export function listenToKeyboard({ run, holdPan, keys }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || belongsElsewhere(event)) return;
    const binding = findBinding(event, keys?.());
    if (event.key === ' ') {
      // Space presses at the crosshair where there is one; else it lends the hand to panning.
      if (!event.repeat && !(binding && run(binding))) holdPan(true);
      event.preventDefault();
      return;
    }
    if (!binding || !run(binding)) return;
    event.preventDefault();
    if (binding.group === 'Pointing') leaveControl();
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

/** Take the focus from a control that was used before, so that Space and Enter mean the photograph again. */
function leaveControl() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/**
 * @param {KeyboardEvent} event a key press
 * @returns {boolean} true when a text field, a dialog or a focused control should have it
 */
function belongsElsewhere(event) {
  if (!(event.target instanceof Element)) return false;
  if (document.querySelector('dialog[open]')) return true;
  if (event.target.closest(WORDLESS)) return CONTROL_KEYS.has(event.key) || isNavigation(event);
  const field = event.target.closest('input, textarea, select, [contenteditable]');
  if (field) return !isForPage(event, field);
  const onControl = event.target.closest('button, a[href]') !== null;
  return onControl && CONTROL_KEYS.has(event.key);
}

/**
 * A focused field keeps what writes, chooses or moves in it. A key with Ctrl does none of that, and a filter that was
 * used a moment ago must not swallow it.
 *
 * @param {KeyboardEvent} event a key press
 * @param {Element} field the field with the focus
 * @returns {boolean} true when the page may take it
 */
function isForPage(event, field) {
  const withCtrl = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!withCtrl || isNavigation(event)) return false;
  return field.matches('select') || !TEXT_KEYS.has(event.key.toLowerCase());
}

/** @type {(event: KeyboardEvent) => boolean} arrows, Home, End, Page Up and Down, and what deletes */
function isNavigation({ key }) {
  return /^(Arrow|Page)|^(Home|End|Backspace|Delete|Enter|Escape)$/.test(key);
}
