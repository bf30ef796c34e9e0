/** The line at the bottom: numbers for those who want them. */

import { html } from 'htm/preact';
import { openDraft, saveCounts } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';

/**
 * The line.
 *
 * @returns {unknown} its elements
 */
export function StatusBar() {
  const { commands } = useApp();
  const zoom = useSession((state) => state.viewport && Math.round(state.viewport.scale * 100));
  const upload = useSession((state) => state.upload);
  const waiting = useSession((state) => saveCounts(state).waiting + saveCounts(state).failed);
  const queued = useSession((state) => openDraft(state)?.answered === false && !state.featuresReady);
  return html`<footer class="status" aria-label="Status">
    <${Cursor} />
    ${
      zoom !== null &&
      html`<button
        type="button"
        title="Zoom to 100 % (0)"
        aria-label=${`Zoom ${zoom} percent, set to 100 percent`}
        onMouseDown=${keepFocus}
        onClick=${commands.zoomActual}
      >
        ${zoom} %
      </button>`
    }
    <span class="spacer"></span>
    ${upload && html`<span class="busy">Adding ${upload.done + 1} of ${upload.total}</span>`}
    ${queued && html`<span class="busy">prompts wait for the embedding</span>`}
    ${waiting > 0 && html`<span class="warn">${waiting} waiting</span>`}
    <${Engine} />
  </footer>`;
}

/** Where the pointer is, in image pixels. */
function Cursor() {
  const text = useSession(({ cursor }) => cursor && `x ${Math.floor(cursor.x)}  y ${Math.floor(cursor.y)}`);
  return html`<span class="cursor">${text ?? 'x –  y –'}</span>`;
}

/** The model, and how quickly it answers. */
function Engine() {
  const model = useSession((state) => state.model);
  const decoder = useSession((state) => state.decoder);
  const decodeMs = useSession((state) => state.lastDecodeMs);
  return html`${decodeMs !== null && html`<span aria-label="Last answer">${Math.round(decodeMs)} ms</span>`}
  ${
    decoder.phase === 'ready' && html`<span>${decoder.threads === 1 ? '1 thread' : `${decoder.threads} threads`}</span>`
  }
  ${decoder.phase === 'loading' && html`<span class="busy">${decoder.message || 'decoder is loading'}</span>`}
  ${
    decoder.phase === 'server' &&
    html`<span class="warn reason" title=${decoder.message}>server answers: ${decoder.message}</span>`
  }
  ${decoder.phase === 'failed' && html`<span class="warn" title=${decoder.message}>decoder failed</span>`}
  ${model && html`<span title=${`model ${model.modelId}`}>${model.name}</span>`}`;
}
