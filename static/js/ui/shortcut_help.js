/** The map of all keys. */

/** @import {KeyHelp} from './app_context.js' */

import { html } from 'htm/preact';
import { useApp } from './app_context.js';

const MOUSE = [
  { label: 'Click on the object', keys: ['Left'] },
  { label: 'Click on the background', keys: ['Right', 'Alt+Left'] },
  { label: 'Box', keys: ['Drag'] },
  { label: 'Move a click', keys: ['Drag it'] },
  { label: 'Remove a click', keys: ['Right on it'] },
  { label: 'Refine a kept object', keys: ['Double click'] },
  { label: 'Next reading', keys: ['Alt+Wheel'] },
  { label: 'Zoom at the pointer', keys: ['Wheel'] },
  { label: 'Pan', keys: ['Middle drag', 'Space+drag'] },
];

/**
 * The map.
 *
 * @returns {unknown} its elements
 */
export function ShortcutHelp() {
  const { keys } = useApp();
  return html`<div class="key-map">
    <${Group} title="Mouse" rows=${MOUSE} />
    ${groupsOf(keys).map(([title, rows]) => html`<${Group} key=${title} title=${title} rows=${rows} />`)}
  </div>`;
}

/** @param {{title: string, rows: readonly {label: string, keys: readonly string[]}[]}} props one group */
function Group({ title, rows }) {
  return html`<section>
    <h3>${title}</h3>
    <dl>
      ${rows.map(
        ({ label, keys }) =>
          html`<div key=${label}>
            <dt>${label}</dt>
            <dd>${keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
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
 * @returns {[string, {label: string, keys: readonly string[]}[]][]} groups in order of appearance
 */
export function groupsOf(keys) {
  /** @type {Map<string, {label: string, keys: readonly string[]}[]>} */
  const groups = new Map();
  for (const { group, label, keys: names } of keys) {
    const rows = groups.get(group) ?? [];
    groups.set(group, rows);
    if (/^[2-9]$/.test(names[0])) continue;
    const row = names[0] === '1' ? { label: 'Class', keys: ['1', '–', '9'] } : { label, keys: names.flatMap(signsOf) };
    const same = rows.findIndex((known) => known.label === row.label);
    if (same < 0) rows.push(row);
    else rows[same] = { ...row, keys: [...new Set([...rows[same].keys, ...row.keys])] };
  }
  return [...groups];
}
