/** A text field for a name: Enter or leaving it keeps the name, Escape does not. */

import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { useEffect, useRef } from 'preact/hooks';

/**
 * The field. It takes the focus and reports once.
 *
 * @param {object} props what it edits
 * @param {string} props.label its name, for readers
 * @param {string} props.value the present name
 * @param {number} [props.longest] characters that can be typed
 * @param {(name: string) => unknown} props.onDone gets the trimmed name; an empty one when it was given up
 * @returns {unknown} its elements
 */
export function NameField({ label, value, longest = 80, onDone }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (/** @type {string} */ name) => {
    if (done.current) return;
    done.current = true;
    onDone(name.trim());
  };
  return html`<input
    ref=${field}
    class="name-field"
    type="text"
    maxlength=${longest}
    autocomplete="off"
    spellcheck=${false}
    placeholder=${text('Name')}
    aria-label=${label}
    defaultValue=${value}
    onKeyDown=${(/** @type {KeyboardEvent & {currentTarget: HTMLInputElement}} */ event) => {
      if (event.key === 'Enter') finish(event.currentTarget.value);
      if (event.key === 'Escape') finish('');
    }}
    onBlur=${(/** @type {FocusEvent & {currentTarget: HTMLInputElement}} */ event) => finish(event.currentTarget.value)}
  />`;
}
