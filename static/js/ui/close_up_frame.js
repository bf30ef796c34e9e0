/** The part of the image that was encoded by itself: what is clicked in it is seen more sharply. */

import { html } from 'htm/preact';
import { imagePoint } from '../geometry/point.js';
import { useApp } from './app_context.js';

/**
 * The frame around the close-up; nothing without one. The status line says it in words.
 *
 * @returns {unknown} its elements
 */
export function CloseUpFrame() {
  const { session, toCanvas } = useApp();
  const { closeUp } = session.value;
  const start = closeUp && toCanvas(imagePoint(closeUp.crop.x, closeUp.crop.y));
  const end =
    closeUp && toCanvas(imagePoint(closeUp.crop.x + closeUp.crop.width, closeUp.crop.y + closeUp.crop.height));
  if (!start || !end) return null;
  return html`<div
    class=${closeUp.ready ? 'close-up-frame ready' : 'close-up-frame'}
    style=${{
      transform: `translate(${start.x}px, ${start.y}px)`,
      width: `${end.x - start.x}px`,
      height: `${end.y - start.y}px`,
    }}
    aria-hidden="true"
  ></div>`;
}
