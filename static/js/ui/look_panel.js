/** How photograph and masks look: a small panel over the stage, so that the change is seen while it is made. */

/** @import {LookNumber} from '../state/looks.js' */

import { html } from 'htm/preact';
import { LOOK_RANGES, USUAL_LOOK, isPlain, lookOf, transferOf } from '../state/looks.js';
import { decimal, numeral, phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, IconButton } from './controls.js';

/** @type {{name: LookNumber, label: string}[]} */
const SLIDERS = [
  { name: 'opacity', label: phrase('Opacity of masks') },
  { name: 'brightness', label: phrase('Brightness') },
  { name: 'contrast', label: phrase('Contrast') },
  { name: 'gamma', label: phrase('Gamma') },
];

/** @type {{name: 'outlineOnly' | 'grid' | 'minimap', label: string}[]} */
const SWITCHES = [
  { name: 'outlineOnly', label: phrase('Outlines only') },
  { name: 'grid', label: phrase('Grid') },
  { name: 'minimap', label: phrase('Minimap') },
];

/**
 * The panel; nothing while it is closed.
 *
 * @returns {unknown} its elements
 */
export function LookPanel() {
  const { commands } = useApp();
  const isOpen = useSession((state) => state.lookPanelOpen);
  const look = useSession(lookOf);
  if (!isOpen) return null;
  return html`<section class="look-panel" aria-label=${text('Display')}>
    <div class="title">
      <h2>${text('Display')}</h2>
      <${IconButton} icon="close" label=${text('Close')} size=${16} onClick=${commands.toggleLookPanel} />
    </div>
    ${SLIDERS.map(({ name, label }) => {
      const { least, most, step } = LOOK_RANGES[name];
      return html`<label key=${name} class="look-slider">
        <span>${text(label)}</span>
        <output>${valueText(name, look[name])}</output>
        <input
          type="range"
          min=${least}
          max=${most}
          step=${step}
          value=${look[name]}
          aria-valuetext=${valueText(name, look[name])}
          onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
            commands.changeLook({ [name]: Number(event.currentTarget.value) })}
        />
      </label>`;
    })}
    ${SWITCHES.map(
      ({ name, label }) =>
        html`<label key=${name} class="look-switch">
          <input type="checkbox" checked=${look[name]} onChange=${() => commands.toggleLook(name)} />
          <span>${text(label)}</span>
        </label>`,
    )}
    <${Button} disabled=${isUsual(look)} onClick=${commands.resetLook}>${text('Reset')}<//>
  </section>`;
}

/** @type {(look: typeof USUAL_LOOK) => boolean} whether there is nothing to reset, also after changing back by hand */
const isUsual = (look) => Object.entries(USUAL_LOOK).every(([name, value]) => Reflect.get(look, name) === value);

/** @type {(name: string, value: number) => string} a share in percent; gamma is an exponent */
const valueText = (name, value) => (name === 'gamma' ? decimal(value, 2) : `${numeral(value * 100)} %`);

/**
 * The filter that changes the light of the photograph; nothing while it is shown as it is.
 *
 * @returns {unknown} its elements
 */
export function PhotoFilter() {
  const look = useSession(lookOf);
  if (isPlain(look)) return null;
  const { slope, intercept, exponent } = transferOf(look);
  return html`<svg class="photo-filter" width="0" height="0" aria-hidden="true">
    <filter id=${PHOTO_FILTER} color-interpolation-filters="sRGB" x="0" y="0" width="100%" height="100%">
      <feComponentTransfer>
        ${CHANNELS.map(
          (Channel) => html`<${Channel} key=${Channel} type="linear" slope=${slope} intercept=${intercept} />`,
        )}
      </feComponentTransfer>
      <feComponentTransfer>
        ${CHANNELS.map((Channel) => html`<${Channel} key=${Channel} type="gamma" exponent=${exponent} />`)}
      </feComponentTransfer>
    </filter>
  </svg>`;
}

/** Name of the filter on the page. */
export const PHOTO_FILTER = 'photo-look';

const CHANNELS = ['feFuncR', 'feFuncG', 'feFuncB'];
