/** A line over time as SVG, with a level to compare it with. */

import { html } from 'htm/preact';
import { axisTicks } from '../state/cost.js';
import { duration, numeral, text } from '../texts/texts.js';

const SIZE = { width: 560, height: 220 };
const FRAME = { left: 36, right: 16, top: 12, bottom: 26 };

/** @typedef {{seconds: number, value: number}} LinePoint */

/**
 * The plot. Its last point is named, so that the newest value can be read without following the axis.
 *
 * @param {object} props what it shows
 * @param {string} props.title what the values are, with their unit
 * @param {readonly LinePoint[]} props.points at least one, oldest first
 * @param {number} props.level a value that stays, drawn as a dashed line
 * @param {string} props.levelName what the level is
 * @returns {unknown} its elements
 */
export function LinePlot({ title, points, level, levelName }) {
  const last = points[points.length - 1];
  const summary = `${levelName}: ${numeral(level, 2)}, ${duration(last.seconds)}: ${numeral(last.value, 2)}`;
  return html`<figure class="plot line-plot">
    <figcaption><h3>${title}</h3></figcaption>
    <svg viewBox=${`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label=${`${title}. ${summary}`} font-size="11">
      <${Drawing} points=${points} level=${level} levelName=${levelName} />
    </svg>
  </figure>`;
}

/**
 * @typedef {object} DrawingProps
 * @property {readonly LinePoint[]} points at least one, oldest first
 * @property {number} level a value that stays
 * @property {string} levelName what the level is
 */

/** @param {DrawingProps} props as those of `LinePlot` */
function Drawing({ points, level, levelName }) {
  const last = points[points.length - 1];
  const ticks = axisTicks(Math.max(level, ...points.map(({ value }) => value)));
  const top = ticks[ticks.length - 1];
  const longest = Math.max(last.seconds, 1);
  const inner = { width: SIZE.width - FRAME.left - FRAME.right, height: SIZE.height - FRAME.top - FRAME.bottom };
  const x = (/** @type {number} */ seconds) => FRAME.left + (inner.width * seconds) / longest;
  const y = (/** @type {number} */ value) => FRAME.top + inner.height * (1 - value / top);
  const path = points.map(({ seconds, value }) => `${tenths(x(seconds))},${tenths(y(value))}`).join(' ');
  const isAtEnd = x(last.seconds) > SIZE.width - 60;
  return html`${ticks.map(
      (tick) =>
        html`<g key=${tick}>
          <line class="plot-line" x1=${FRAME.left} x2=${SIZE.width - FRAME.right} y1=${y(tick)} y2=${y(tick)} />
          <text class="plot-text" x=${FRAME.left - 6} y=${y(tick) + 4} text-anchor="end">${numeral(tick, 1)}</text>
        </g>`,
    )}
    <line class="plot-level" x1=${FRAME.left} x2=${SIZE.width - FRAME.right} y1=${y(level)} y2=${y(level)} />
    <text class="plot-text" x=${FRAME.left + 6} y=${y(level) - 5}>${levelName}</text>
    <polyline class="plot-curve" points=${path} />
    ${points.map(
      ({ seconds, value }) =>
        html`<circle key=${seconds} class="plot-dot" cx=${x(seconds)} cy=${y(value)} r="3">
          <title>${duration(seconds)}: ${numeral(value, 2)}</title>
        </circle>`,
    )}
    <text
      class="plot-value"
      x=${x(last.seconds) + (isAtEnd ? -8 : 8)}
      y=${y(last.value) + 18}
      text-anchor=${isAtEnd ? 'end' : 'start'}
    >
      ${numeral(last.value, 2)}
    </text>
    <text class="plot-text" x=${FRAME.left} y=${SIZE.height - 8}>${text('Start')}</text>
    <text class="plot-text" x=${SIZE.width - FRAME.right} y=${SIZE.height - 8} text-anchor="end">
      ${duration(last.seconds)}
    </text>`;
}

/** @type {(length: number) => number} short enough for a path */
const tenths = (length) => Math.round(length * 10) / 10;
