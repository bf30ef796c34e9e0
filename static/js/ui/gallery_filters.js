/** What the gallery shows: states as chips, a search in the names, an order. */

/** @import {GallerySort, ImageStateName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { IMAGE_STATES } from '../state/image_states.js';
import { numeral, phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';
import { Icon } from './icons.js';
import { STATE_NAMES } from './image_state_view.js';

/** @type {Record<GallerySort, string>} */
const ORDERS = {
  added: phrase('Order of adding'),
  name: phrase('Name'),
  objects: phrase('Most objects first'),
  state: phrase('State'),
};

/**
 * The row of filters.
 *
 * @param {{counts: Readonly<Record<ImageStateName, number>>, total: number}} props images by state, and all
 * @returns {unknown} its elements
 */
export function GalleryFilters({ counts, total }) {
  const { commands } = useApp();
  const { states, search, sort } = useSession((state) => state.gallery);
  const toggle = (/** @type {ImageStateName} */ name) =>
    commands.changeGallery({
      states: states.includes(name) ? states.filter((one) => one !== name) : [...states, name],
    });
  return html`<div class="filters" role="toolbar" aria-label=${text('Filters')}>
    <button
      type="button"
      class="filter-chip"
      aria-pressed=${states.length === 0}
      onMouseDown=${keepFocus}
      onClick=${() => commands.changeGallery({ states: [] })}
    >
      ${text('All')}<span class="count">${numeral(total)}</span>
    </button>
    ${IMAGE_STATES.map(
      (name) =>
        html`<button
          key=${name}
          type="button"
          class="filter-chip"
          aria-pressed=${states.includes(name)}
          onMouseDown=${keepFocus}
          onClick=${() => toggle(name)}
        >
          <i class=${`state-dot ${name}`} aria-hidden="true"></i>${text(STATE_NAMES[name])}
          <span class="count">${numeral(counts[name])}</span>
        </button>`,
    )}
    <span class="spacer"></span>
    <label class="search">
      <${Icon} name="search" size=${16} />
      <input
        type="text"
        aria-label=${text('Search by file name')}
        placeholder=${text('File name')}
        autocomplete="off"
        spellcheck="false"
        value=${search}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
          commands.changeGallery({ search: event.currentTarget.value })}
      />
    </label>
    <span class="select">
      <select
        aria-label=${text('Order')}
        value=${sort}
        onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) =>
          commands.changeGallery({ sort: /** @type {GallerySort} */ (event.currentTarget.value) })}
      >
        ${Object.entries(ORDERS).map(([name, label]) => html`<option key=${name} value=${name}>${text(label)}</option>`)}
      </select>
    </span>
  </div>`;
}
