/** How far the open image is from answering clicks. It never covers the work: pan and zoom go on. */

import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { currentImage, openDraft } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { Button } from './controls.js';
import { Icon } from './icons.js';

/**
 * The chip; nothing once clicks are answered.
 *
 * @returns {unknown} its elements
 */
export function EmbeddingChip() {
  const { commands } = useApp();
  const image = useSession(currentImage);
  const ready = useSession((state) => state.featuresReady);
  const decoder = useSession((state) => state.decoder);
  const queued = useSession((state) => openDraft(state)?.answered === false);
  if (!image || ready) return null;
  const { embedding } = image;
  if (decoder.phase === 'failed') {
    return html`<div class="chip failed" role="status"><${Icon} name="warning" size=${16} />${decoder.message}</div>`;
  }
  if (embedding.state === 'failed') {
    return html`<div class="chip failed" role="status">
      <${Icon} name="warning" size=${16} />
      <span>${embedding.error?.message ?? text('the image could not be encoded')}</span>
      <${Button} icon="retry" onClick=${() => commands.retryEmbedding(image.id)}>${text('Retry')}<//>
    </div>`;
  }
  return html`<div class="chip" role="status">
    <i class="pulse" aria-hidden="true"></i>
    <span>${progressText(embedding, decoder.phase)}</span>
    ${queued && html`<span class="queued">${text('your click is answered then')}</span>`}
  </div>`;
}

/**
 * Say what is going on, in a few words.
 *
 * @param {{state: string, eta_s: number | null, queue_position: number | null}} embedding as the server tells it
 * @param {string} decoderPhase how the decoder in this browser is doing
 * @returns {string} for the chip
 */
export function progressText(embedding, decoderPhase) {
  if (embedding.state === 'ready')
    return decoderPhase === 'ready' ? text('Loading the embedding') : text('Loading the decoder');
  const time = embedding.eta_s === null ? '' : Math.max(1, Math.ceil(embedding.eta_s));
  const left = time === '' ? '' : text(', {count} s left', { count: time });
  if (embedding.state === 'encoding') return text('Encoding') + left;
  const ahead = embedding.queue_position ?? 0;
  return (ahead > 0 ? text('Waiting behind {count}', { count: ahead }) : text('Waiting to be encoded')) + left;
}
