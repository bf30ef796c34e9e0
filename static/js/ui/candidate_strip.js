/** The candidates of an ambiguous click, beside the object. */

/** @import {CanvasPoint, ImagePoint} from '../types.js' */
/** @import {Bounds} from './strip_placement.js' */

import { html } from 'htm/preact';
import { decimal, text } from '../texts/texts.js';
import { imagePoint } from '../geometry/point.js';
import { categoryById, currentImage, openDraft } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';
import { MaskThumb } from './mask_thumb_view.js';
import { placeStrip } from './strip_placement.js';

const THUMB = 44;
const STRIP = { width: 3 * 52 + 16, height: 76 };

/**
 * The strip; nothing when there is no choice. It takes plain clicks alone: the other button, `Alt` and the wheel go to
 * the photograph below, so that it is never in the way of a background click.
 *
 * @param {{area: {current: HTMLElement | null}}} props the canvas area
 * @returns {unknown} its elements
 */
export function CandidateStrip({ area }) {
  const { commands, toCanvas } = useApp();
  const draft = useSession(openDraft);
  const image = useSession(currentImage);
  const anchor = useSession((state) => state.promptAnchor);
  const canvasSize = useSession((state) => state.canvasSize);
  const color = useSession((state) => categoryById(state, openDraft(state)?.categoryId ?? -1)?.color ?? '#a4a9b1');
  useSession((state) => state.viewport);
  const click = anchor && toCanvas(anchor);
  if (!draft || draft.candidates.length < 2 || !image || !click || !canvasSize) return null;
  const photo = boundsOf([0, 0, image.width, image.height], toCanvas);
  if (!photo) return null;
  const objects = draft.candidates
    .filter((candidate) => candidate.area > 0)
    .map((candidate) => boundsOf(candidate.bbox, toCanvas))
    .filter((bounds) => bounds !== null);
  const { left, top } = placeStrip({ click, photo, objects, strip: STRIP, canvas: canvasSize });
  const passOn = (/** @type {MouseEvent} */ event) => {
    event.preventDefault();
    area.current?.dispatchEvent(copyOf(event));
  };
  return html`<div
    class="candidates"
    role="radiogroup"
    aria-label=${text('Candidates')}
    style=${{ transform: `translate(${Math.round(left)}px, ${Math.round(top)}px)` }}
    onPointerDown=${(/** @type {PointerEvent} */ event) => isForThePhoto(event) && passOn(event)}
    onContextMenu=${(/** @type {Event} */ event) => event.preventDefault()}
    onWheel=${passOn}
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
            aria-label=${text('Candidate {number}, predicted IoU {score}', {
              number: index + 1,
              score: decimal(candidate.predictedIou, 2),
            })}
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
            <span class="score">${decimal(candidate.predictedIou, 2)}</span>
          </button>`,
      )}
    </div>
  </div>`;
}

/**
 * Find the part of the canvas that a part of the image covers.
 *
 * @param {readonly [number, number, number, number]} box left, top, width, height in image pixels
 * @param {(point: ImagePoint) => CanvasPoint | null} toCanvas where a point of the image is shown
 * @returns {Bounds | null} null while no image is shown
 */
function boundsOf([x, y, width, height], toCanvas) {
  const start = toCanvas(imagePoint(x, y));
  const end = toCanvas(imagePoint(x + width, y + height));
  return start && end && { left: start.x, top: start.y, right: end.x, bottom: end.y };
}

/** @type {(event: PointerEvent) => boolean} false for a plain click, which chooses */
const isForThePhoto = (event) => event.button !== 0 || event.altKey;

/** @type {(event: MouseEvent) => MouseEvent} the same event, to be sent to another element */
function copyOf(event) {
  return event instanceof WheelEvent ? new WheelEvent(event.type, event) : new PointerEvent(event.type, event);
}
