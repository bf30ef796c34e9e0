/** The candidates of an ambiguous click, beside the object. */

/** @import {Candidate, CanvasPoint, ImagePoint} from '../types.js' */
/** @import {Bounds} from './strip_placement.js' */

import { html } from 'htm/preact';
import { imagePoint } from '../geometry/point.js';
import { categoryById, openDraft } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';
import { MaskThumb } from './mask_thumb_view.js';
import { placeStrip } from './strip_placement.js';

const THUMB = 44;
const STRIP = { width: 3 * 52 + 16, height: 76 };

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
  const click = anchor && toCanvas(anchor);
  if (!draft || draft.candidates.length < 2 || !click || !canvasSize) return null;
  const { left, top } = placeStrip({
    click,
    objects: boundsOf(draft.candidates, toCanvas),
    strip: STRIP,
    canvas: canvasSize,
  });
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
 * Find the part of the canvas that the candidates cover.
 *
 * @param {readonly Candidate[]} candidates the masks on offer
 * @param {(point: ImagePoint) => CanvasPoint | null} toCanvas where a point of the image is shown
 * @returns {Bounds | null} null when all are empty
 */
function boundsOf(candidates, toCanvas) {
  const corners = candidates
    .filter(({ area }) => area > 0)
    .flatMap(({ bbox: [x, y, width, height] }) => [imagePoint(x, y), imagePoint(x + width, y + height)])
    .map(toCanvas)
    .filter((corner) => corner !== null);
  if (corners.length === 0) return null;
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}
