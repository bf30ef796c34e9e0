/** Colour and pattern of a class on a small field. */

/** @import {ComponentChildren} from 'preact' */
/** @import {PatternName} from '../types.js' */

import { html } from 'htm/preact';
import { PATTERNS, TILE_SIDE, patternOf } from '../state/patterns.js';

/** The largest field that a pattern is drawn on, in tiles. */
const TILES = { across: 6, down: 4 };

/**
 * The field.
 *
 * @param {object} props what it shows
 * @param {{color: string, pattern?: string} | null | undefined} props.category the class
 * @param {string} [props.tag] the element, `span` when left out
 * @param {string} [props.title] a tooltip
 * @param {ComponentChildren} [props.children] what lies on it
 * @returns {unknown} its elements
 */
export function ClassSwatch({ category, tag = 'span', title, children }) {
  const pattern = patternOf(category);
  const isPlain = pattern === 'plain';
  return html`<${tag}
    class=${isPlain ? 'swatch' : 'swatch patterned'}
    style=${isPlain ? { background: category?.color } : { color: category?.color }}
    title=${title}
    >${!isPlain && html`<${Marks} pattern=${pattern} />`}${children}<//
  >`;
}

/** @param {{pattern: PatternName}} props what is drawn in the colour of the text, tile by tile */
function Marks({ pattern }) {
  const { path, width } = PATTERNS[pattern];
  const tiles = Array.from({ length: TILES.across * TILES.down }, (_, number) => ({
    x: (number % TILES.across) * TILE_SIDE,
    y: Math.floor(number / TILES.across) * TILE_SIDE,
  }));
  return html`<svg aria-hidden="true" stroke-width=${width}>
    ${tiles.map(({ x, y }) => html`<path key=${`${x} ${y}`} d=${path} transform=${`translate(${x} ${y})`} />`)}
  </svg>`;
}
