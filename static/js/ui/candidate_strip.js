/** The candidates of an ambiguous click, beside the click. */

import { html } from 'htm/preact';
import { categoryById, openDraft } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';
import { MaskThumb } from './mask_thumb_view.js';

const THUMB = 52;
/** Size of the strip, and how far it stays from the click and from the edge, in CSS pixels. */
const STRIP = { width: 3 * 64 + 16, height: 96, gap: 22, edge: 8 };

/**
 * The strip; nothing when there is no choice.
 *
 * @returns {unknown} its elements
 */
export function CandidateStrip() {
  const { commands, toCanvas } = useApp();
  const draft = useSession(openDraft);
  const anchor = useSession((state) => state.promptAnchor);
  const canvasSize = useSession((state) => state.canvasSize);
  const color = useSession((state) => categoryById(state, openDraft(state)?.categoryId ?? -1)?.color ?? '#a4a9b1');
  useSession((state) => state.viewport);
  const at = anchor && toCanvas(anchor);
  if (!draft || draft.candidates.length < 2 || !at || !canvasSize) return null;
  const left = beside(at.x, STRIP.width, canvasSize.width);
  const top = beside(at.y, STRIP.height, canvasSize.height);
  return html`<div
    class="candidates"
    role="radiogroup"
    aria-label="Candidates"
    style=${{ transform: `translate(${Math.round(left)}px, ${Math.round(top)}px)` }}
  >
    <div class="candidate-row">
      ${draft.candidates.map(
        (candidate, index) =>
          html`<button
            key=${candidate.token}
            type="button"
            class="candidate"
            role="radio"
            aria-checked=${index === draft.candidateIndex}
            aria-label=${`Candidate ${index + 1}, predicted IoU ${candidate.predictedIou.toFixed(2)}`}
            onMouseDown=${keepFocus}
            onClick=${() => commands.chooseCandidate(index)}
          >
            <${MaskThumb}
              contours=${candidate.contours}
              rle=${candidate.rle}
              bbox=${candidate.bbox}
              color=${color}
              size=${THUMB}
            />
            <span class="score">${candidate.predictedIou.toFixed(2)}</span>
          </button>`,
      )}
    </div>
  </div>`;
}

/**
 * Put the strip beside the click: after it where there is room, else before it.
 *
 * @param {number} at the click along one axis, in CSS pixels
 * @param {number} length of the strip along it
 * @param {number} limit length of the canvas along it
 * @returns {number} where the strip starts
 */
export function beside(at, length, limit) {
  const after = at + STRIP.gap;
  const start = after + length + STRIP.edge <= limit ? after : at - STRIP.gap - length;
  return Math.max(STRIP.edge, Math.min(start, limit - length - STRIP.edge));
}
