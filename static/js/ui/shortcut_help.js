/** The map of all keys. */

/** @import {KeyHelp} from './app_context.js' */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { fuzzyScore } from '../state/fuzzy.js';
import { phrase, text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { Button } from './controls.js';

const MOUSE = [
  { label: phrase('Click on the object'), keys: [phrase('Left')] },
  { label: phrase('Click on the background'), keys: [phrase('Right'), phrase('Alt+Left')] },
  { label: phrase('Box'), keys: [phrase('Drag')] },
  { label: phrase('Move a click'), keys: [phrase('Drag it')] },
  { label: phrase('Remove a click'), keys: [phrase('Right on it')] },
  { label: phrase('Refine a kept object'), keys: [phrase('Double click')] },
  { label: phrase('Next reading'), keys: [phrase('Alt+Wheel')] },
  { label: phrase('Zoom at the pointer'), keys: [phrase('Wheel')] },
  { label: phrase('Pan'), keys: [phrase('Middle drag'), phrase('Space+drag')] },
];

/**
 * The map: searched by words, and changed where it is not to one's liking.
 *
 * @returns {unknown} its elements
 */
export function ShortcutHelp() {
  const { commands, keys } = useApp();
  const [typed, setTyped] = useState('');
  const [changing, setChanging] = useState(false);
  const isFound = (/** @type {{label: string}} */ { label }) => fuzzyScore(typed, text(label)) > 0;
  const bound = keys.value.filter(({ keys: names }) => changing || names.length > 0);
  const groups = changing ? actionsOf(bound) : groupsOf(bound);
  return html`<div class="key-tools">
      <input
        type="text"
        autofocus
        aria-label=${text('Search the keys')}
        placeholder=${text('Search the keys')}
        autocomplete="off"
        spellcheck=${false}
        value=${typed}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => setTyped(event.currentTarget.value)}
      />
      ${changing && html`<${Button} icon="retry" onClick=${() => commands.changeSettings({ keys: {} })}>${text('Keys as delivered')}<//>`}
      <${Button} onClick=${commands.startTour}>${text('Take the tour')}<//>
      <${Button} onClick=${() => setChanging(!changing)}>${changing ? text('Ready') : text('Change keys')}<//>
    </div>
    <div class="key-map">
      ${!changing && html`<${Group} title=${phrase('Mouse')} rows=${MOUSE.filter(isFound)} />`}
      ${groups.map(
        ([title, rows]) =>
          html`<${Group} key=${title} title=${title} rows=${rows.filter(isFound)} changing=${changing} />`,
      )}
    </div>`;
}

/** @typedef {{label: string, keys: ReadonlyArray<string>, action?: KeyHelp}} Row */

/** @param {{title: string, rows: ReadonlyArray<Row>, changing?: boolean}} props one group */
function Group({ title, rows, changing = false }) {
  if (rows.length === 0) return null;
  return html`<section>
    <h3>${text(title)}</h3>
    <dl>
      ${rows.map(
        ({ label, keys, action }) =>
          html`<div key=${action ? idOf(action) : label}>
            <dt>${text(label)}</dt>
            <dd>
              ${changing && action ? html`<${KeyField} action=${action} />` : keys.map((key) => html`<kbd key=${key}>${text(key)}</kbd>`)}
            </dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** @param {{action: KeyHelp}} props the action whose keys can be changed: a press on the button, then on the new key */
function KeyField({ action }) {
  const { commands, keyName, session } = useApp();
  const [waiting, setWaiting] = useState(false);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (!waiting || ['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    setWaiting(false);
    if (event.key === 'Escape') return;
    const names = event.key === 'Backspace' ? [] : [keyName(event)];
    const others = Object.entries(session.value.settings.keys).map(
      ([id, list]) => /** @type {const} */ ([id, list.filter((name) => !names.includes(name))]),
    );
    commands.changeSettings({ keys: { ...Object.fromEntries(others), [idOf(action)]: names } });
  };
  return html`<button
    type="button"
    class=${waiting ? 'change waiting' : 'change'}
    aria-label=${text('Key of {name}', { name: text(action.label) })}
    title=${text('Press, then press the new key; Backspace takes it away')}
    onClick=${() => setWaiting(true)}
    onBlur=${() => setWaiting(false)}
    onKeyDown=${onKeyDown}
  >
    ${waiting ? text('Press a key') : action.keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}
    ${!waiting && action.keys.length === 0 && html`<kbd>–</kbd>`}
  </button>`;
}

/** @type {(action: KeyHelp) => string} the name under which other keys are kept */
const idOf = ({ command, value }) => (value === undefined ? command : `${command}:${value}`);

/** @type {(actions: readonly KeyHelp[]) => [string, Row[]][]} */
function actionsOf(actions) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const action of actions) {
    const rows = groups.get(action.group) ?? [];
    groups.set(action.group, [...rows, { label: action.label, keys: action.keys, action }]);
  }
  return [...groups];
}

/** @type {(name: string) => string[]} an arrow stands apart from what is held with it, so that four share one row */
function signsOf(name) {
  const [held, direction] = name.split(/\+?Arrow/);
  return direction ? [held, ARROWS[direction]].filter(Boolean) : [name];
}

/** @type {Record<string, string>} */
const ARROWS = { Left: '←', Right: '→', Up: '↑', Down: '↓' };

/**
 * Put the keys into their groups; the nine class keys become one row, and keys with the same label another.
 *
 * @param {readonly KeyHelp[]} keys all keys
 * @returns {[string, Row[]][]} groups in order of appearance
 */
export function groupsOf(keys) {
  /** @type {Map<string, {label: string, keys: readonly string[]}[]>} */
  const groups = new Map();
  for (const { group, label, keys: names } of keys) {
    const rows = groups.get(group) ?? [];
    groups.set(group, rows);
    if (/^[2-9]$/.test(names[0])) continue;
    const row =
      names[0] === '1' ? { label: phrase('Class'), keys: ['1', '–', '9'] } : { label, keys: names.flatMap(signsOf) };
    const same = rows.findIndex((known) => known.label === row.label);
    if (same < 0) rows.push(row);
    else rows[same] = { ...row, keys: [...new Set([...rows[same].keys, ...row.keys])] };
  }
  return [...groups];
}
