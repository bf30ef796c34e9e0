/** Proposals for the whole project: starting the search, how far it is, ending it. */

/** @import {ProjectProposalsJson, ProposalReview} from '../proposal_types.js' */

import { html } from 'htm/preact';
import { inOwnWords } from '../texts/server_words.js';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, FileButton } from './controls.js';

/**
 * A line at the foot of the proposals.
 *
 * @param {object} props how it is shown
 * @param {boolean} [props.folded] true while the room belongs to the proposals of the open image
 * @returns {unknown} its elements
 */
export function ProjectProposals({ folded = false }) {
  const { commands } = useApp();
  const progress = useSession((state) => state.projectProposals);
  const review = useSession((state) => state.proposalReview);
  if (review) return html`<${Review} review=${review} />`;
  if (!progress || progress.waiting === 0) {
    const isOpen = !folded || progress !== null; // what came of a search is to be read, and is reviewed next
    return html`<details key=${isOpen} class="project-search" open=${isOpen}>
      <summary>${text('All images of the project')}</summary>
      ${progress && html`<p role="status">${endText(progress)}</p>`}
      ${progress && progress.failures.length > 0 && html`<${Failures} failures=${progress.failures} />`}
      <div class="choices">
        <${Button} onClick=${commands.proposeAll}>${text('Propose for all images')}<//>
        <${Button} keys="Alt+O" onClick=${commands.reviewProposals}>${text('Review all images')}<//>
        <${BoxFile} />
      </div>
    </details>`;
  }
  const { done, total } = progress;
  const label = text('{done} of {total} images searched', { done, total });
  return html`<div class="project-search">
    <progress aria-label=${label} value=${done} max=${total}></progress>
    <p>${label}</p>
    <${Button} onClick=${commands.cancelAllProposals}>${text('Stop')}<//>
  </div>`;
}

/** @param {{review: ProposalReview}} props the images that are reviewed one after the other */
function Review({ review: { images, total } }) {
  const { commands } = useApp();
  const isHere = useSession((state) => state.currentImageId === images[0].image_id, [images]);
  const done = total - images.length;
  const label = text('Image {place} of {total} to review', { place: done + 1, total });
  return html`<div class="project-search">
    <progress aria-label=${label} value=${done} max=${total}></progress>
    <p role="status">${label}</p>
    ${
      isHere
        ? html`<${Button} onClick=${commands.skipReviewed}>${text('Leave for later')}<//>`
        : html`<${Button} tone="primary" onClick=${commands.reviewProposals}>
            ${text('Back to {name}', { name: images[0].file_name })}
          <//>`
    }
    <${Button} onClick=${commands.endReview}>${text('End the review')}<//>
  </div>`;
}

/** The button that takes the boxes of a detector. */
function BoxFile() {
  const { commands } = useApp();
  return html`<span title=${text('A COCO file: images and annotations with bbox, or a list of results')}>
    <${FileButton} label=${text('File with the boxes of a detector')} accept=".json" onFile=${commands.bringBoxes}>
      ${text('Make masks of a detector’s boxes')}
    <//>
  </span>`;
}

/** @param {{failures: ProjectProposalsJson['failures']}} props images that could not be searched */
function Failures({ failures }) {
  const { commands } = useApp();
  return html`<ul class="failures">
    ${failures.map(({ image_id: id, file_name: name, error }) => {
      const { message, hint } = inOwnWords(error);
      return html`<li key=${id}>
        <button type="button" class="link" title=${hint} onClick=${() => commands.workOn(id)}>${name}</button>
        <span>${message}</span>
      </li>`;
    })}
  </ul>`;
}

/**
 * Say what came of it.
 *
 * @param {{done: number, failed: number}} progress images
 * @returns {string} one sentence
 */
export function endText({ done, failed }) {
  if (failed > 0)
    return plural(failed, '{count} image could not be searched.', '{count} images could not be searched.');
  return plural(done, '{count} image is searched.', '{count} images are searched.');
}
