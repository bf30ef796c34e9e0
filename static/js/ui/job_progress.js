/** How far work in the background of the server is. */

/** @import {JobJson} from '../exchange_types.js' */

import { html } from 'htm/preact';
import { sentence } from './notices.js';
import { inOwnWords } from '../texts/server_words.js';
import { numeral } from '../texts/texts.js';

/**
 * A bar with words.
 *
 * @param {object} props how far it is
 * @param {JobJson | null} props.job null until the server has answered
 * @param {string} props.doing what is being done
 * @returns {unknown} its elements
 */
export function JobProgress({ job, doing }) {
  const share = job && job.total > 0 ? Math.min(1, job.done / job.total) : null;
  return html`<div class="job" role="status">
    <progress aria-label=${doing} value=${share ?? undefined} max="1"></progress>
    <p>${share === null ? doing : `${doing}, ${Math.floor(100 * share)} %`}</p>
  </div>`;
}

/**
 * Why it stopped.
 *
 * @param {{problem: {code?: string, message: string, hint: string}}} props the problem
 * @returns {unknown} its elements
 */
export function JobProblem({ problem: said }) {
  const problem = inOwnWords(said);
  return html`<div class="problem" role="alert">
    <p>${sentence(problem.message)}</p>
    ${problem.hint && html`<p>${sentence(problem.hint)}</p>`}
  </div>`;
}

/**
 * Figures in a row.
 *
 * @param {{figures: readonly (readonly [string, number | string])[]}} props what each is, and how many
 * @returns {unknown} its elements
 */
export function Figures({ figures }) {
  return html`<dl class="figures">
    ${figures.map(
      ([name, count]) =>
        html`<div key=${name}>
          <dt>${name}</dt>
          <dd>${typeof count === 'number' ? numeral(count) : count}</dd>
        </div>`,
    )}
  </dl>`;
}
