/** Names that are longer than their place. The whole name is a tooltip away. */

import { html } from 'htm/preact';

/** So many signs at the end of a file name tell it from its neighbours: a number and the suffix. */
const TAIL = 10;

/**
 * Cut a name that stands in a sentence.
 *
 * @param {string} name any name
 * @param {number} most signs that are shown at most, the ellipsis included
 * @returns {string} the name, or its beginning and an ellipsis
 */
export function shortened(name, most) {
  const signs = [...name];
  return signs.length > most
    ? `${signs
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : name;
}

/**
 * A name that loses its middle where its place is too narrow: the end of a file name is what tells it from the next one.
 *
 * @param {{name: string}} props the name
 * @returns {unknown} its elements
 */
export function LongName({ name }) {
  const signs = [...name];
  if (signs.length <= 2 * TAIL) return html`<span class="file-name" title=${name}><span>${name}</span></span>`;
  const at = signs.length - TAIL;
  return html`<span class="file-name" title=${name}
    ><span>${signs.slice(0, at).join('')}</span><span class="tail">${signs.slice(at).join('')}</span></span
  >`;
}
