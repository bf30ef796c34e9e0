/** The edge between the photograph and the panels: drawn with the pointer or moved with the arrow keys. */

import { html } from 'htm/preact';
import { PANEL_WIDTHS } from '../state/session_state.js';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';

const { least: LEAST, most: MOST } = PANEL_WIDTHS;
const STEP = 16;

/**
 * The edge.
 *
 * @returns {unknown} its elements
 */
export function PanelEdge() {
  const { commands } = useApp();
  const width = useSession((state) => state.settings.panelWidth);
  const set = (/** @type {number} */ wanted) =>
    commands.changeSettings({ panelWidth: Math.min(MOST, Math.max(LEAST, Math.round(wanted))) });
  return html`<div
    class="panel-edge"
    role="separator"
    tabindex="0"
    aria-orientation="vertical"
    aria-label=${text('Width of the panels')}
    aria-valuemin=${LEAST}
    aria-valuemax=${MOST}
    aria-valuenow=${width}
    onPointerDown=${(/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) =>
      event.currentTarget.setPointerCapture(event.pointerId)}
    onPointerMove=${(/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) set(window.innerWidth - event.clientX);
    }}
    onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
      if (!step) return;
      set(width + step);
      event.preventDefault();
      event.stopPropagation();
    }}
  ></div>`;
}
