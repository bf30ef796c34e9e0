/** Where the inside of the open object begins, and where the decoder is unsure of it. */

import { html } from 'htm/preact';
import { decimal, text } from '../texts/texts.js';
import { THRESHOLD_RANGE, thresholdOf } from '../state/mask_threshold.js';
import { openDraft } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';

const MINUS = '\u2212';

/**
 * The slider and the switch; nothing while no answer of this page's decoder is shown.
 *
 * @returns {unknown} its elements
 */
export function ThresholdBar() {
  const { commands } = useApp();
  const threshold = useSession((state) => thresholdOf(openDraft(state)));
  const moved = useSession((state) => (openDraft(state)?.threshold ?? null) !== null);
  const uncertain = useSession((state) => state.uncertaintyShown);
  if (threshold === null) return null;
  const value = `${threshold < 0 ? MINUS : ''}${decimal(Math.abs(threshold), 2)}`;
  return html`<div class="threshold">
    <label title=${text('Lower takes more in, higher leaves more out (comma and full stop)')}>
      <span>${text('Threshold')}</span>
      <input
        type="range"
        min=${THRESHOLD_RANGE.low}
        max=${THRESHOLD_RANGE.high}
        step=${THRESHOLD_RANGE.step}
        value=${threshold}
        aria-valuetext=${value}
        onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
          commands.setThreshold(Number(event.currentTarget.value))}
        onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => event.currentTarget.blur()}
      />
    </label>
    <button
      type="button"
      class="reading"
      disabled=${!moved}
      title=${moved ? text('Back to the threshold of the model') : text('The threshold of the model')}
      onMouseDown=${keepFocus}
      onClick=${() => commands.setThreshold(null)}
    >
      ${value}
    </button>
    <button
      type="button"
      class="segment"
      aria-pressed=${uncertain}
      title=${text('Show where the decoder is unsure (T)')}
      onMouseDown=${keepFocus}
      onClick=${commands.toggleUncertainty}
    >
      ${text('Unsure')}
    </button>
  </div>`;
}
