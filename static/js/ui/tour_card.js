/** The card of the tour, and the mark on the photograph where its step happens. */

/** @import {TourStepName} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { imagePoint } from '../geometry/point.js';
import { TOUR_PLACES, TOUR_STEPS, tourStep } from '../state/tour.js';
import { phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button } from './controls.js';

/** @type {Record<TourStepName, {title: string, about: string, keys: string}>} */
const WORDS = {
  hover: {
    title: phrase('Point at the spoon'),
    about: phrase('The dashed outline shows the mask that a click would give. Move about and watch it follow.'),
    keys: phrase('Without a mouse: the arrow keys move a crosshair.'),
  },
  click: {
    title: phrase('Click the spoon'),
    about: phrase('One click on the object is often enough. Tab goes through what it may mean: whole, part, sub-part.'),
    keys: phrase('Without a mouse: Space clicks at the crosshair.'),
  },
  background: {
    title: phrase('Click beside it with the right button'),
    about: phrase('A click on the background takes away what does not belong to the object.'),
    keys: phrase('Without a mouse: Shift+Space at the crosshair.'),
  },
  box: {
    title: phrase('Drag a box around the spoon'),
    about: phrase('A box says where the object ends. Boxes and clicks work together.'),
    keys: phrase('Without a mouse: R, then Space at two corners.'),
  },
  accept: {
    title: phrase('Press Enter to accept'),
    about: phrase('The mask is kept with its class and saved at once. Ctrl+Z takes back any step.'),
    keys: phrase('The number keys choose another class first.'),
  },
  export: {
    title: phrase('Export'),
    about: phrase(
      'The button at the top right writes all masks of the project, and reads the file back before you get it.',
    ),
    keys: phrase('The key is Ctrl+E.'),
  },
  end: {
    title: phrase('That is the whole way'),
    about: phrase('Drop your own photographs anywhere on this page. The tour waits under the keys, which ? shows.'),
    keys: '',
  },
};

/**
 * The card; nothing while nobody takes the tour.
 *
 * @returns {unknown} its elements
 */
export function TourCard() {
  const { commands } = useApp();
  const step = useSession(tourStep);
  if (!step) return null;
  const { title, about, keys } = WORDS[step];
  const number = TOUR_STEPS.indexOf(step) + 1;
  const count = TOUR_STEPS.length - 1;
  return html`<${TourMark} step=${step} />
    <section class="tour" aria-label=${text('Tour')}>
      <div aria-live="polite">
        ${step !== 'end' && html`<p class="tour-step">${text('Step {number} of {count}', { number, count })}</p>`}
        <h2>${text(title)}</h2>
        <p>${text(about)}</p>
        ${keys && html`<p class="fine">${text(keys)}</p>`}
      </div>
      <footer>
        ${
          step === 'end'
            ? html`<${Button} tone="primary" onClick=${commands.endTour}>${text('Ready')}<//>`
            : html`<${Button} onClick=${commands.endTour}>${text('End the tour')}<//>
                <${Button} onClick=${commands.nextTourStep}>${text('Skip this step')}<//>`
        }
      </footer>
    </section>`;
}

/** @param {{step: TourStepName}} props the step whose place is marked */
function TourMark({ step }) {
  const { toCanvas } = useApp();
  // Moves with the photograph.
  useSession((state) => state.viewport);
  const place = TOUR_PLACES[step];
  if (!place) return null;
  const [left, top, right, bottom] =
    'box' in place ? place.box : [place.point.x, place.point.y, place.point.x, place.point.y];
  const [from, to] = [toCanvas(imagePoint(left, top)), toCanvas(imagePoint(right, bottom))];
  if (!from || !to) return null;
  const size = { width: `${to.x - from.x}px`, height: `${to.y - from.y}px` };
  return html`<i
    class=${'box' in place ? 'tour-mark boxed' : 'tour-mark'}
    style=${{ left: `${from.x}px`, top: `${from.y}px`, ...('box' in place ? size : {}) }}
    aria-hidden="true"
  ></i>`;
}
