/** Where the keys point. */

import { html } from 'htm/preact';
import { useApp } from './app_context.js';

/**
 * The crosshair; nothing while a mouse, a pen or a finger points. The status line says its place in words.
 *
 * @returns {unknown} its elements
 */
export function Crosshair() {
  const { session, toCanvas } = useApp();
  const { crosshair, tool, pointLabel } = session.value;
  const place = crosshair && toCanvas(crosshair);
  if (!place) return null;
  const meaning = tool === 'point' && pointLabel === 0 ? 'background' : '';
  return html`<svg
    class=${`crosshair ${meaning}`}
    style=${{ transform: `translate(${place.x}px, ${place.y}px)` }}
    width="41"
    height="41"
    viewBox="-20.5 -20.5 41 41"
    aria-hidden="true"
  >
    <path class="halo" d="M-20 0H-5M5 0H20M0 -20V-5M0 5V20" />
    <path class="line" d="M-20 0H-5M5 0H20M0 -20V-5M0 5V20" />
    <circle class="halo" r="1.5" />
    <circle class="dot" r="1.5" />
  </svg>`;
}
