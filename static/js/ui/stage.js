/** The canvas area: the stack of canvases and what floats above it. */

import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { useEffect, useRef } from 'preact/hooks';
import { isPlain, lookOf } from '../state/looks.js';
import { currentImage } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { CandidateStrip } from './candidate_strip.js';
import { CloseUpFrame } from './close_up_frame.js';
import { Crosshair } from './crosshair.js';
import { EmbeddingChip } from './embedding_chip.js';
import { EmptyState } from './empty_state.js';
import { LookPanel, PHOTO_FILTER, PhotoFilter } from './look_panel.js';
import { Minimap } from './minimap.js';
import { Notices } from './notices.js';
import { TourCard } from './tour_card.js';

/**
 * The stage.
 *
 * @returns {unknown} its elements
 */
export function Stage() {
  const { mountStage } = useApp();
  const area = useRef(/** @type {HTMLDivElement | null} */ (null));
  const image = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const masks = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const hover = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const hand = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const prompts = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    if (!area.current || !image.current || !masks.current || !hover.current) return undefined;
    if (!hand.current || !prompts.current) return undefined;
    const canvases = {
      image: image.current,
      masks: masks.current,
      hover: hover.current,
      hand: hand.current,
      prompts: prompts.current,
    };
    return mountStage(area.current, canvases);
  }, [mountStage]);

  const fileName = useSession((state) => currentImage(state)?.file_name ?? null);
  const loading = useSession((state) => state.currentImageId !== null && !state.pixelsReady);
  const empty = useSession((state) => state.imagesPhase === 'ready' && state.images.length === 0);
  const plain = useSession((state) => isPlain(lookOf(state)));
  const dropping = useSession((state) => state.dropActive);
  return html`<main class="stage" aria-busy=${loading}>
    <div
      class="canvases"
      ref=${area}
      role="img"
      aria-label=${fileName ? text('Photograph {name}', { name: fileName }) : text('No photograph')}
    >
      <canvas ref=${image} style=${{ filter: plain ? 'none' : `url(#${PHOTO_FILTER})` }}></canvas>
      <canvas ref=${masks}></canvas>
      <canvas ref=${hover}></canvas>
      <canvas ref=${hand}></canvas>
      <canvas ref=${prompts}></canvas>
    </div>
    <${CloseUpFrame} />
    <${Crosshair} />
    ${empty && html`<${EmptyState} />`}
    <${PhotoFilter} />
    <${Minimap} />
    <${LookPanel} />
    <${EmbeddingChip} />
    <${CandidateStrip} area=${area} />
    <${TourCard} />
    <${Notices} />
    ${dropping && html`<div class="drop-veil"><p>${text('Drop to add')}</p></div>`}
  </main>`;
}
