/** How the list of objects is searched, narrowed and ordered. */

/** @import {ObjectSort, ObjectStateName} from '../state/object_listing.js' */

import { html } from 'htm/preact';
import { OBJECT_STATES } from '../state/object_listing.js';
import { phrase, text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { IconButton } from './controls.js';

/** @typedef {{search: string, sort: ObjectSort, state: ObjectStateName | null, author: string | null}} ListView */

/** So many objects are seen at a glance; to narrow more of them down is of use. */
const FEW = 6;

/** Everything, in the order of keeping. */
export const WHOLE_LIST = Object.freeze(
  /** @type {ListView} */ ({ search: '', sort: 'kept', state: null, author: null }),
);

/** @type {Record<ObjectSort, string>} */
const ORDERS = {
  kept: phrase('In order'),
  class: phrase('By class'),
  score: phrase('Low scores first'),
  area: phrase('Large first'),
  author: phrase('By author'),
};

/** @type {Record<ObjectStateName, string>} */
const STATES = {
  hand: phrase('Edited by hand'),
  automatic: phrase('Proposed by the model'),
  hidden: phrase('Hidden'),
  locked: phrase('Locked'),
  unsaved: phrase('Not saved yet'),
};

/**
 * The fields above the list.
 *
 * @param {object} props what they show
 * @param {ListView} props.view how the list is shown
 * @param {number} props.count how many objects there are
 * @param {readonly string[]} props.authors who kept objects; none where nobody has a name
 * @param {(view: ListView) => void} props.onChange another way was chosen
 * @returns {unknown} their elements
 */
export function ListTools({ view, count, authors, onChange }) {
  const { commands } = useApp();
  const isNarrowed = view.state !== null || view.author !== null;
  return html`<div class="list-tools">
      <input
        type="text"
        aria-label=${text('Search the objects')}
        placeholder=${text('Find')}
        title=${text('Class, notes, answers')}
        autocomplete="off"
        spellcheck=${false}
        value=${view.search}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
          onChange({ ...view, search: event.currentTarget.value })}
      />
      <${Choice}
        label=${text('Order of the objects')}
        value=${view.sort}
        options=${Object.entries(ORDERS).map(([name, label]) => ({ value: name, label: text(label) }))}
        onChoose=${(/** @type {ObjectSort} */ sort) => onChange({ ...view, sort })}
      />
      <${IconButton}
        icon="chart"
        size=${16}
        label=${text('Numbers of each class')}
        onClick=${() => commands.showDialog('classStatistics')}
      />
    </div>
    ${(count > FEW || isNarrowed) && html`<${Narrowing} view=${view} authors=${authors} onChange=${onChange} />`}`;
}

/** @param {{view: ListView, onChange: (view: ListView) => void, authors: readonly string[]}} props as of the fields above */
function Narrowing({ view, authors, onChange }) {
  return html`<div class="list-tools narrowing">
    <${Choice}
      label=${text('Only objects in this state')}
      chosen=${view.state !== null}
      value=${view.state ?? ''}
      options=${[
        { value: '', label: text('In any state') },
        ...OBJECT_STATES.map((name) => ({ value: name, label: text(STATES[name]) })),
      ]}
      onChoose=${(/** @type {ObjectStateName | ''} */ name) => onChange({ ...view, state: name || null })}
    />
    ${
      authors.length > 0 &&
      html`<${Choice}
        label=${text('Only objects of this author')}
        chosen=${view.author !== null}
        value=${view.author === null ? '' : `by ${view.author}`}
        options=${[
          { value: '', label: text('By anybody') },
          ...authors.map((name) => ({ value: `by ${name}`, label: name || text('without a name') })),
        ]}
        onChoose=${(/** @type {string} */ name) => onChange({ ...view, author: name === '' ? null : name.slice(3) })}
      />`
    }
  </div>`;
}

/** @param {{label: string, value: string, options: {value: string, label: string}[], chosen?: boolean, onChoose: (value: never) => void}} props a field */
function Choice({ label, value, options, chosen = false, onChoose }) {
  return html`<span class=${chosen ? 'select chosen' : 'select'}>
    <select
      aria-label=${label}
      value=${value}
      onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) =>
        onChoose(/** @type {never} */ (event.currentTarget.value))}
    >
      ${options.map((option) => html`<option key=${option.value} value=${option.value}>${option.label}</option>`)}
    </select>
  </span>`;
}
