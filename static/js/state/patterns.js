/** What the objects of a class are filled with beside its colour: the shapes of the patterns, and their names. */

/** @import {PatternName} from '../types.js' */

import { phrase } from '../texts/texts.js';

/** Side of the square that is repeated, in CSS pixels. */
export const TILE_SIDE = 10;

/**
 * @typedef {object} Pattern
 * @property {string} label English name
 * @property {string} path lines on one tile that fit its neighbours, as SVG writes them; empty for none
 * @property {number} width of the lines, with round ends, in CSS pixels
 */

const UP = 'M-2.5 2.5L2.5 -2.5M0 10L10 0M7.5 12.5L12.5 7.5';
const DOWN = 'M-2.5 7.5L2.5 12.5M0 0L10 10M7.5 -2.5L12.5 2.5';

/** The patterns by their name, in the order in which they are offered. */
export const PATTERNS = /** @type {Readonly<Record<PatternName, Readonly<Pattern>>>} */ (
  Object.freeze({
    plain: { label: phrase('Plain'), path: '', width: 0 },
    stripes_up: { label: phrase('Rising'), path: UP, width: 2.2 },
    stripes_down: { label: phrase('Falling'), path: DOWN, width: 2.2 },
    // A line without length is not drawn on a canvas, a very short one is a dot.
    dots: { label: phrase('Dots'), path: 'M2.5 2.5h.01M7.5 7.5h.01', width: 3.4 },
    crosshatch: { label: phrase('Crosshatch'), path: UP + DOWN, width: 1.4 },
  })
);

/**
 * Say whether a pattern has this name.
 *
 * @param {unknown} name of any kind
 * @returns {name is PatternName} whether it does
 */
export function isPattern(name) {
  return typeof name === 'string' && Object.hasOwn(PATTERNS, name);
}

/**
 * Name the pattern of a class.
 *
 * @param {{pattern?: string} | null | undefined} category a class, as the server says it
 * @returns {PatternName} plain for a class that says nothing, or what only a later page knows
 */
export function patternOf(category) {
  return isPattern(category?.pattern) ? category.pattern : 'plain';
}
