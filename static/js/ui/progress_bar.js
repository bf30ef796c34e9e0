/** How far a project is: a bar in parts, and the same in words. */

/** @import {ImageStateName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { duration, plural, text } from '../texts/texts.js';

/** @type {readonly ImageStateName[]} */
const PARTS = ['reviewed', 'done', 'skipped', 'in_work'];

/**
 * The bar.
 *
 * @param {object} props how far it is
 * @param {Readonly<Record<ImageStateName, number>>} props.counts images by state
 * @param {number | null} props.secondsLeft null while nothing is known about the pace
 * @returns {unknown} its elements
 */
export function ProgressBar({ counts, secondsLeft }) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const words = progressText(counts, secondsLeft);
  const finished = counts.done + counts.reviewed + counts.skipped;
  return html`<div class="progress">
    <div
      class="bar"
      role="progressbar"
      aria-label=${text('Progress')}
      aria-valuemin="0"
      aria-valuemax=${Math.max(1, total)}
      aria-valuenow=${finished}
      aria-valuetext=${words}
    >
      ${PARTS.filter((name) => counts[name] > 0).map((name) => html`<i key=${name} class=${name} style=${{ width: `${(100 * counts[name]) / total}%` }}></i>`)}
    </div>
    <p>${words}</p>
  </div>`;
}

/**
 * Say how far a project is.
 *
 * @param {Readonly<Record<ImageStateName, number>>} counts images by state
 * @param {number | null} secondsLeft null while nothing is known about the pace
 * @returns {string} for example `5 of 12 done, about 40 min left`
 */
export function progressText(counts, secondsLeft) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return text('No photographs yet');
  const finished = counts.done + counts.reviewed;
  const words = [text('{done} of {count} done', { done: finished, count: total })];
  if (counts.skipped > 0) words.push(plural(counts.skipped, '{count} skipped', '{count} skipped'));
  const isOpen = counts.new + counts.in_work > 0;
  if (isOpen && secondsLeft !== null) words.push(text('about {time} left', { time: duration(secondsLeft) }));
  return words.join(' · ');
}
