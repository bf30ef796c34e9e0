/** The line at the bottom: numbers for those who want them. */

import { html } from 'htm/preact';
import { plural, text } from '../texts/texts.js';
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
  return html`<footer class="status" aria-label=${text('Status')}>
    <${Cursor} />
    ${
      zoom !== null &&
      html`<button
        type="button"
        title=${text('Zoom to 100 % (0)')}
        aria-label=${text('Zoom {count} percent, set to 100 percent', { count: zoom })}
        onMouseDown=${keepFocus}
        onClick=${commands.zoomActual}
      >
        ${zoom} %
      </button>`
    }
    <span class="spacer"></span>
    ${upload && html`<span class="busy">${text('Adding {number} of {count}', { number: upload.done + 1, count: upload.total })}</span>`}
    ${queued && html`<span class="busy">${text('prompts wait for the embedding')}</span>`}
    ${waiting > 0 && html`<span class="warn">${text('{count} waiting', { count: waiting })}</span>`}
    <${Engine} />
  </footer>`;
}

/** Where the pointer is, in image pixels. */
function Cursor() {
  const place = useSession(({ cursor }) => cursor && `x ${Math.floor(cursor.x)}  y ${Math.floor(cursor.y)}`);
  return html`<span class="cursor">${place ?? 'x –  y –'}</span>`;
}

/** The model, and how quickly it answers. */
function Engine() {
  const model = useSession((state) => state.model);
  const decoder = useSession((state) => state.decoder);
  const decodeMs = useSession((state) => state.lastDecodeMs);
  return html`${decodeMs !== null && html`<span aria-label=${text('Last answer')}>${Math.round(decodeMs)} ms</span>`}
  ${decoder.phase === 'ready' && html`<span>${plural(decoder.threads, '{count} thread', '{count} threads')}</span>`}
  ${decoder.phase === 'loading' && html`<span class="busy">${decoder.message ? text(decoder.message) : text('decoder is loading')}</span>`}
  ${
    decoder.phase === 'server' &&
    html`<span class="warn reason" title=${decoder.message}
      >${text('server answers: {reason}', { reason: decoder.message })}</span
    >`
  }
  ${decoder.phase === 'failed' && html`<span class="warn" title=${decoder.message}>${text('decoder failed')}</span>`}
  ${model && html`<span title=${text('model {id}', { id: model.modelId })}>${model.name}</span>`}`;
}
