/** Proposals for the whole project: starting the search, how far it is, ending it. */

import { html } from 'htm/preact';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button } from './controls.js';

/**
 * A line at the foot of the proposals.
 *
 * @returns {unknown} its elements
 */
export function ProjectProposals() {
  const { commands } = useApp();
  const progress = useSession((state) => state.projectProposals);
  if (!progress || progress.waiting === 0) {
    return html`<div class="project-search">
      ${progress && html`<p role="status">${endText(progress)}</p>`}
      <${Button} onClick=${commands.proposeAll}>${text('Propose for all images')}<//>
    </div>`;
  }
  const { done, total } = progress;
  const label = text('{done} of {total} images searched', { done, total });
  return html`<div class="project-search">
    <progress aria-label=${label} value=${done} max=${total}></progress>
    <p>${label}</p>
    <${Button} onClick=${commands.cancelAllProposals}>${text('Stop')}<//>
  </div>`;
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
