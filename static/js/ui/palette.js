/** Every action by a few letters of its name, and the classes too. */

/** @import {KeyHelp} from './app_context.js' */

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fuzzyFind } from '../state/fuzzy.js';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';

/** More would only be scrolled past. */
const MOST = 60;

/** @typedef {{label: string, group: string, keys: ReadonlyArray<string>, run: () => unknown}} Choice */

/**
 * The palette, inside its dialog.
 *
 * @returns {unknown} its elements
 */
export function Palette() {
  const { commands } = useApp();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const list = useRef(/** @type {HTMLUListElement | null} */ (null));
  const found = fuzzyFind(typed, useChoices(), ({ label, group }) => `${label} ${group}`).slice(0, MOST);
  const at = Math.min(index, found.length - 1);
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at]);
  const choose = (/** @type {Choice | undefined} */ choice) => {
    commands.showDialog(null);
    choice?.run();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setIndex((at + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter') choose(found[at]);
    else return;
    event.preventDefault();
  };
  return html`<div class="palette">
    <input
      type="text"
      role="combobox"
      autofocus
      aria-label=${text('Search all actions')}
      aria-expanded="true"
      aria-controls="palette-list"
      aria-activedescendant=${found.length > 0 ? `palette-${at}` : undefined}
      placeholder=${text('What do you want to do?')}
      autocomplete="off"
      spellcheck=${false}
      value=${typed}
      onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => {
        setTyped(event.currentTarget.value);
        setIndex(0);
      }}
      onKeyDown=${onKeyDown}
    />
    <ul id="palette-list" role="listbox" aria-label=${text('Actions')} ref=${list}>
      ${found.map(
        (choice, position) =>
          html`<li
            key=${`${choice.group} ${choice.label}`}
            id=${`palette-${position}`}
            role="option"
            aria-selected=${position === at}
            onMouseMove=${() => setIndex(position)}
            onClick=${() => choose(choice)}
          >
            <span>${choice.label}</span>
            <small>${choice.group}</small>
            ${choice.keys.map((key) => html`<kbd key=${key} aria-hidden="true">${key}</kbd>`)}
          </li>`,
      )}
    </ul>
    ${found.length === 0 && html`<p class="nothing">${text('No action has these letters.')}</p>`}
  </div>`;
}

/** @returns {Choice[]} the actions that are meant on this screen, and the classes */
function useChoices() {
  const { commands, keys, run } = useApp();
  const screen = useSession((state) => state.screen);
  const categories = useSession((state) => state.categories);
  const actions = keys.value
    .filter((action) => (screen === 'work' || action.anywhere) && action.group !== 'Pointing')
    .map((/** @type {KeyHelp} */ action) => ({
      label: text(action.label),
      group: text(action.group),
      keys: action.keys,
      run: () => run(action),
    }));
  const classes = categories.map(({ id, name }) => ({
    label: name,
    group: text('Class'),
    keys: [],
    run: () => commands.chooseCategory(id),
  }));
  return screen === 'work' ? [...actions, ...classes] : actions;
}
