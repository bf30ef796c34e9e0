/** The controls that everything else is made of. */

/** @import {ComponentChildren} from 'preact' */
/** @import {IconName} from './icons.js' */

import { html } from 'htm/preact';
import { useRef } from 'preact/hooks';
import { Icon } from './icons.js';

/**
 * Keep the focus where it is when a control is clicked, so that Enter and Tab go on meaning the object. The keyboard
 * still reaches every control.
 *
 * @param {MouseEvent} event a press on a control
 */
export function keepFocus(event) {
  event.preventDefault();
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

/**
 * A button that shows only an icon.
 *
 * @param {object} props what it is
 * @param {IconName} props.icon the icon
 * @param {string} props.label its name, for readers and as a hint
 * @param {string} [props.keys] the key that does the same
 * @param {() => unknown} props.onClick what it does
 * @param {boolean} [props.pressed] for switches: whether it is on
 * @param {boolean} [props.disabled] true when there is nothing to do
 * @param {number} [props.size] side of the icon in CSS pixels
 * @param {string} [props.class] extra class
 * @returns {unknown} its elements
 */
export function IconButton({ icon, label, keys, onClick, pressed, disabled = false, size = 18, class: extra = '' }) {
  return html`<button
    type="button"
    class=${`icon-button ${extra}`}
    aria-label=${label}
    aria-pressed=${pressed}
    title=${keys ? `${label} (${keys})` : label}
    disabled=${disabled}
    onMouseDown=${keepFocus}
    onClick=${onClick}
  >
    <${Icon} name=${icon} size=${size} />
  </button>`;
}

/**
 * A button with words.
 *
 * @param {object} props what it is
 * @param {ComponentChildren} props.children its words
 * @param {() => unknown} props.onClick what it does
 * @param {IconName} [props.icon] an icon before the words
 * @param {string} [props.keys] the key that does the same, shown after the words
 * @param {'primary' | 'plain'} [props.tone] primary for the one thing to do next
 * @param {boolean} [props.disabled] true when there is nothing to do
 * @param {string} [props.title] its words once more, where a narrow place may leave its icon alone
 * @returns {unknown} its elements
 */
export function Button({ children, onClick, icon, keys, tone = 'plain', disabled = false, title }) {
  return html`<button
    type="button"
    class=${`button ${tone}`}
    title=${title}
    disabled=${disabled}
    onMouseDown=${keepFocus}
    onClick=${onClick}
  >
    ${icon && html`<${Icon} name=${icon} size=${16} />`}
    <span>${children}</span>
    ${keys && html`<kbd aria-hidden="true">${keys}</kbd>`}
  </button>`;
}

/**
 * A button that asks for a file.
 *
 * @param {object} props what it is
 * @param {ComponentChildren} props.children its words
 * @param {string} props.label what the file is
 * @param {string} props.accept endings of the files that are offered
 * @param {(file: File) => unknown} props.onFile gets the file that was chosen
 * @param {IconName} [props.icon] an icon before the words
 * @returns {unknown} its elements
 */
export function FileButton({ children, label, accept, onFile, icon }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const take = () => {
    const file = input.current?.files?.[0];
    if (!file || !input.current) return;
    input.current.value = ''; // so that the same file can be chosen again
    void onFile(file);
  };
  return html`<input ref=${input} type="file" accept=${accept} hidden aria-label=${label} onChange=${take} />
    <${Button} icon=${icon} onClick=${() => input.current?.click()}>${children}<//>`;
}
