/** The options of hand tools in the bar above the image: size of the brush, the outline, what can be done to a selection. */

/** @import {ComponentChildren} from 'preact' */

import { html } from 'htm/preact';
import { decimal, numeral, plural, text } from '../texts/texts.js';
import { openOutline } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { Button, keepFocus } from './controls.js';

/** The slider goes by doublings, so that small sizes can be set as finely as large ones. */
const SLIDER = { steps: 40, perDoubling: 4 };

/**
 * Size of brush and eraser.
 *
 * @returns {unknown} its elements
 */
export function BrushSize() {
  const { commands } = useApp();
  const size = useSession((state) => state.brushSize);
  const position = Math.round(Math.log2(size) * SLIDER.perDoubling);
  /** @type {(event: Event) => void} */
  const onInput = ({ target }) =>
    void commands.setBrushSize(2 ** (Number(/** @type {HTMLInputElement} */ (target).value) / SLIDER.perDoubling));
  return html`<label class="slider" title=${text('Diameter in image pixels ([ and ])')}
    >${text('Size')}<input
      type="range"
      min="0"
      max=${SLIDER.steps}
      value=${position}
      onInput=${onInput}
      aria-valuetext=${`${numeral(size)} px`}
    />
    <output>${numeral(size)} px</output>
  </label>`;
}

/**
 * The outline that is drawn or edited: how simple it is, and the two ways to end it.
 *
 * @returns {unknown} its elements
 */
export function OutlineOptions() {
  const { commands } = useApp();
  const outline = useSession(openOutline);
  if (!outline) return null;
  const points = outline.rings.reduce((sum, ring) => sum + ring.length, 0);
  /** @type {(event: Event) => void} */
  const onInput = ({ target }) =>
    void commands.simplifyOutline(Number(/** @type {HTMLInputElement} */ (target).value) / 4);
  return html`<div class="open-object">
    ${
      outline.exact &&
      html`<label class="slider" title=${text('How far the outline may lie from the mask')}
        >${text('Simplify')}<input
          type="range"
          min="0"
          max="40"
          value=${outline.tolerance * 4}
          onInput=${onInput}
          aria-valuetext=${`${decimal(outline.tolerance, 1)} px`}
        />
        <output>${decimal(outline.tolerance, 1)} px</output>
      </label>`
    }
    <span class="what"><small>${plural(points, '{count} point', '{count} points')}</small></span>
    <${Button} keys="Esc" onClick=${commands.stepBack}>${outline.open ? text('Discard') : text('Cancel')}<//>
    <${Button} keys="Enter" tone="primary" onClick=${commands.accept}
      >${outline.open ? text('Close') : text('Apply')}<//
    >
  </div>`;
}

/**
 * What can be done to the selected objects.
 *
 * @returns {unknown} its elements
 */
export function SelectionOptions() {
  const { commands } = useApp();
  const count = useSession((state) => state.selectedKeys.length);
  if (count === 0) return null;
  /** @type {(label: string, keys: string, onClick: () => unknown, enabled?: boolean) => ComponentChildren} */
  const action = (label, keys, onClick, enabled = true) =>
    html`<button
      type="button"
      class="segment"
      title=${`${label} (${keys})`}
      disabled=${!enabled}
      onMouseDown=${keepFocus}
      onClick=${onClick}
    >
      ${label}
    </button>`;
  return html`<div class="segments" role="group" aria-label=${text('Selected objects')}>
      ${action(text('Unite'), 'U', () => commands.combineSelected('union'), count > 1)}
      ${action(text('Subtract'), 'Shift+U', () => commands.combineSelected('subtract'), count > 1)}
      ${action(text('Intersect'), 'Ctrl+I', () => commands.combineSelected('intersect'), count > 1)}
      ${action(text('Split'), 'S', commands.splitSelected)}
      ${action(text('Fill holes'), 'J', () => commands.fillHoles())}
      ${action(text('Remove islands'), 'Shift+J', () => commands.removeIslands())}
      ${action(text('Outline'), 'Shift+P', commands.editOutline)}
    </div>
    <div class="segments" role="group" aria-label=${text('Order')}>
      ${action(text('To front'), 'Shift+PageUp', () => commands.orderSelected('front'))}
      ${action(text('To back'), 'Shift+PageDown', () => commands.orderSelected('back'))}
    </div>
    <span class="what"><small>${text('{count} selected', { count })}</small></span>`;
}
