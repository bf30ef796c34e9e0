/** A plot of bars as SVG that can be saved as it is. */

import { html } from 'htm/preact';
import { useRef } from 'preact/hooks';
import { axisTicks } from '../state/cost.js';
import { numeral, text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { IconButton } from './controls.js';
import { shortened } from './long_name.js';

const SIZE = { width: 480, height: 190 };
const FRAME = { left: 40, right: 8, top: 10, bottom: 24 };
const WIDEST_BAR = 36;

/** @typedef {{label: string, value: number | null, color?: string}} Bar */

/**
 * The plot, with its title and a button that saves it.
 *
 * @param {object} props what it shows
 * @param {string} props.title what the values are, with their unit
 * @param {string} props.fileName of the saved file, without suffix
 * @param {readonly Bar[]} props.bars in order; null leaves a gap
 * @returns {unknown} its elements
 */
export function BarPlot({ title, fileName, bars }) {
  const { commands } = useApp();
  const drawing = useRef(/** @type {SVGSVGElement | null} */ (null));
  const known = bars.filter((bar) => bar.value !== null);
  const summary = known.map((bar) => `${bar.label}: ${numeral(bar.value ?? 0, 1)}`).join(', ');
  return html`<figure class="plot">
    <figcaption>
      <h3>${title}</h3>
      <${IconButton}
        icon="download"
        size=${16}
        label=${text('Save the plot {name}', { name: title })}
        disabled=${known.length === 0}
        onClick=${() => drawing.current && commands.savePlot(fileName, drawing.current.outerHTML)}
      />
    </figcaption>
    ${
      known.length === 0
        ? html`<p class="nothing">${text('Nothing measured yet')}</p>`
        : html`<svg
            ref=${drawing}
            xmlns="http://www.w3.org/2000/svg"
            viewBox=${`0 0 ${SIZE.width} ${SIZE.height}`}
            role="img"
            aria-label=${`${title}. ${summary}`}
            font-family="sans-serif"
            font-size="11"
          >
            <${Bars} bars=${bars} />
          </svg>`
    }
  </figure>`;
}

/** @param {{bars: readonly Bar[]}} props the bars */
function Bars({ bars }) {
  const ticks = axisTicks(Math.max(...bars.map((bar) => bar.value ?? 0)));
  const top = ticks[ticks.length - 1];
  const inner = { width: SIZE.width - FRAME.left - FRAME.right, height: SIZE.height - FRAME.top - FRAME.bottom };
  const slot = inner.width / bars.length;
  const width = Math.max(1, Math.min(WIDEST_BAR, slot * 0.7));
  const y = (/** @type {number} */ value) => FRAME.top + inner.height * (1 - value / top);
  const x = (/** @type {number} */ index) => FRAME.left + slot * (index + 0.5);
  const every = Math.ceil(bars.length / 7);
  return html`${ticks.map(
    (tick) =>
      html`<g key=${tick}>
        <line class="plot-line" x1=${FRAME.left} x2=${SIZE.width - FRAME.right} y1=${y(tick)} y2=${y(tick)} />
        <text class="plot-text" x=${FRAME.left - 6} y=${y(tick) + 4} text-anchor="end">${numeral(tick, 2)}</text>
      </g>`,
  )}
  ${bars.map(
    ({ label, value, color }, index) =>
      html`<g key=${label}>
        ${
          value !== null &&
          html`<rect
            class="plot-bar"
            style=${color ? { fill: color } : undefined}
            x=${x(index) - width / 2}
            y=${y(value)}
            width=${width}
            height=${Math.max(1, y(0) - y(value))}
            rx="2"
          >
            <title>${label}: ${numeral(value, 1)}</title>
          </rect>`
        }
        ${
          index % every === 0 &&
          html`<text class="plot-text" x=${x(index)} y=${SIZE.height - 8} text-anchor="middle"
            >${shortened(label, 12)}</text
          >`
        }
      </g>`,
  )}`;
}
