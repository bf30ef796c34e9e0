/** The whole image, small, while only a part of it is shown: where the view is, and a way to move it. */

import { html } from 'htm/preact';
import { imagePoint } from '../geometry/point.js';
import { visibleShare } from '../geometry/viewport.js';
import { currentImage } from '../state/selectors.js';
import { lookOf } from '../state/looks.js';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';

/** Longest side, in CSS pixels. */
const SIDE = 168;

/**
 * The minimap; nothing while the whole image is shown.
 *
 * @returns {unknown} its elements
 */
export function Minimap() {
  const { commands } = useApp();
  const wanted = useSession((state) => lookOf(state).minimap);
  const image = useSession(currentImage);
  const viewport = useSession((state) => state.viewport);
  const canvas = useSession((state) => state.canvasSize);
  if (!wanted || !image || !viewport || !canvas) return null;
  const share = visibleShare(viewport, image, canvas);
  if (share.width >= 1 && share.height >= 1) return null;
  const factor = SIDE / Math.max(image.width, image.height);
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  const percent = (/** @type {number} */ part) => `${Math.round(part * 10_000) / 100}%`;
  const go = (/** @type {PointerEvent & {currentTarget: HTMLElement}} */ event) => {
    if (event.buttons !== 1) return;
    event.preventDefault();
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * image.width;
    const y = ((event.clientY - box.top) / box.height) * image.height;
    commands.centreView(imagePoint(x, y));
  };
  return html`<div
    class="minimap"
    role="img"
    aria-label=${text('Minimap')}
    style=${{ width: `${width}px`, height: `${height}px` }}
    onPointerDown=${go}
    onPointerMove=${go}
  >
    <img src=${image.thumbnail_url} alt="" draggable=${false} />
    <i
      style=${{
        left: percent(share.left),
        top: percent(share.top),
        width: percent(share.width),
        height: percent(share.height),
      }}
    ></i>
  </div>`;
}
