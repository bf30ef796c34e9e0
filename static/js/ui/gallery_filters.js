/** What the gallery shows: states as chips, a search in the names, an order. */

/** @import {GallerySort, ImageStateName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { IMAGE_STATES } from '../state/image_states.js';
import { isMine, rejectedImages } from '../state/team.js';
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
    <${TeamChips} />
    <span class="spacer"></span>
    <label class="search">
      <${Icon} name="search" size=${16} />
      <input
        type="text"
        aria-label=${text('Search by file name')}
        placeholder=${text('File name')}
        autocomplete="off"
        spellcheck=${false}
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

/** What concerns people: the own photographs, and what was rejected; nothing without accounts. */
function TeamChips() {
  const { commands } = useApp();
  const user = useSession((state) => state.team.user);
  const { mine, rejected } = useSession((state) => state.gallery);
  const mineCount = useSession((state) => state.images.filter((image) => isMine(state, image)).length);
  const rejectedCount = useSession((state) => rejectedImages(state).size);
  if (!user) return null;
  const chips = [
    { label: text('Mine'), on: mine, count: mineCount, toggle: { mine: !mine } },
    { label: text('Rejected'), on: rejected, count: rejectedCount, toggle: { rejected: !rejected } },
  ];
  return html`<span class="chip-gap"></span>${chips.map(
      ({ label, on, count, toggle }) =>
        html`<button
          key=${label}
          type="button"
          class="filter-chip"
          aria-pressed=${on}
          onMouseDown=${keepFocus}
          onClick=${() => commands.changeGallery(toggle)}
        >
          ${label}<span class="count">${numeral(count)}</span>
        </button>`,
    )}`;
}
