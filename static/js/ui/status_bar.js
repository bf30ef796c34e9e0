/** The line at the bottom: numbers for those who want them. */

/** @import {DecoderStatus} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { openDraft, saveCounts } from '../state/selectors.js';
import { numeral, plural, text } from '../texts/texts.js';
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
        ${numeral(zoom)} %
      </button>`
    }
    <${CloseUpState} />
    <${Overlaps} />
    <span class="spacer"></span>
    ${upload && html`<span class="busy">${text('Adding {number} of {count}', { number: upload.done + 1, count: upload.total })}</span>`}
    ${queued && html`<span class="busy">${text('prompts wait for the embedding')}</span>`}
    ${waiting > 0 && html`<span class="warn">${text('{count} waiting', { count: waiting })}</span>`}
    <${Engine} />
  </footer>`;
}

/** Whether prompts are answered by a part of the image that was encoded by itself; a click ends that. */
function CloseUpState() {
  const { commands } = useApp();
  const closeUp = useSession((state) => state.closeUp);
  if (!closeUp) return null;
  return html`<button
    type="button"
    class=${closeUp.ready ? 'close-up' : 'busy'}
    title=${text('End the close-up (Shift+Z)')}
    onMouseDown=${keepFocus}
    onClick=${commands.toggleCloseUp}
  >
    ${closeUp.ready ? text('close-up') : text('close-up is being encoded')}
  </button>`;
}

/** How many pairs of objects share pixels; a click shows the next one. */
function Overlaps() {
  const { commands } = useApp();
  const count = useSession(({ overlaps, currentImageId }) =>
    overlaps?.imageId === currentImageId ? overlaps.pairs.length : 0,
  );
  if (count === 0) return null;
  return html`<button
    type="button"
    class="warn"
    title=${text('Show the next two objects that share pixels (Shift+W)')}
    onMouseDown=${keepFocus}
    onClick=${commands.nextOverlap}
  >
    ${plural(count, '{count} overlap', '{count} overlaps')}
  </button>`;
}

/** Where the pointer is, in image pixels. */
function Cursor() {
  const place = useSession(({ cursor }) => cursor && `x ${Math.floor(cursor.x)}  y ${Math.floor(cursor.y)}`);
  return html`<span class="cursor">${place ?? 'x –  y –'}</span>`;
}

/** The model, how quickly it answers, and what on. A press says more. */
function Engine() {
  const { commands } = useApp();
  const model = useSession((state) => state.model);
  const decoder = useSession((state) => state.decoder);
  const decodeMs = useSession((state) => state.lastDecodeMs);
  return html`${decodeMs !== null && html`<span aria-label=${text('Last answer')}>${numeral(decodeMs)} ms</span>`}
    <button
      type="button"
      class=${decoder.phase === 'loading' ? 'engine busy' : isPoor(decoder) ? 'engine warn' : 'engine'}
      title=${`${engineText(decoder)} (Shift+H)`}
      onMouseDown=${keepFocus}
      onClick=${commands.showDoctor}
    >
      ${engineText(decoder)}
    </button>
    ${model && html`<span title=${text('model {id}', { id: model.modelId })}>${model.name}</span>`}`;
}

/** @type {(decoder: DecoderStatus) => boolean} whether something keeps it from running as well as it could */
const isPoor = ({ phase, message }) => phase !== 'loading' && message !== '';

/** @type {(decoder: DecoderStatus) => string} */
function engineText({ phase, threads, message }) {
  if (phase === 'loading') return message ? text(message) : text('decoder is loading');
  if (phase === 'failed') return text('decoder failed: {reason}', { reason: message });
  if (phase === 'server') return text('server answers: {reason}', { reason: message });
  const how = plural(threads, '{count} thread', '{count} threads');
  return message ? `${how}: ${message}` : how;
}
