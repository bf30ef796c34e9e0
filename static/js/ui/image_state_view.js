/** The state of an image: as a dot, as a word, and as something to choose. */

/** @import {ImageStateName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { IMAGE_STATES } from '../state/image_states.js';
import { phrase, text } from '../texts/texts.js';

/** The states by their names in the page. */
export const STATE_NAMES = /** @type {Readonly<Record<ImageStateName, string>>} */ (
  Object.freeze({
    new: phrase('New'),
    in_work: phrase('In work'),
    done: phrase('Done'),
    reviewed: phrase('Reviewed'),
    skipped: phrase('Skipped'),
  })
);

/**
 * A state as dot and word.
 *
 * @param {{state: ImageStateName}} props the state
 * @returns {unknown} its elements
 */
export function StateTag({ state }) {
  return html`<span class="state-tag"
    ><i class=${`state-dot ${state}`} aria-hidden="true"></i>${text(STATE_NAMES[state])}</span
  >`;
}

/**
 * A field to choose a state.
 *
 * @param {object} props what it is for
 * @param {string} props.label its name, for readers
 * @param {ImageStateName | null} props.state the present one; null where several images differ
 * @param {(state: ImageStateName) => unknown} props.onChoose a state was chosen
 * @returns {unknown} its elements
 */
export function StateField({ label, state, onChoose }) {
  return html`<span class="select state-field">
    <i class=${`state-dot ${state ?? 'mixed'}`} aria-hidden="true"></i>
    <select
      aria-label=${label}
      value=${state ?? ''}
      onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => {
        onChoose(/** @type {ImageStateName} */ (event.currentTarget.value));
        event.currentTarget.blur();
      }}
    >
      ${state === null && html`<option value="" disabled>${text('Set state')}</option>`}
      ${IMAGE_STATES.map((name) => html`<option key=${name} value=${name}>${text(STATE_NAMES[name])}</option>`)}
    </select>
  </span>`;
}
