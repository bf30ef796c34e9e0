/** Why a form was refused: the newest notice, inside the dialog that covers the others. */

import { html } from 'htm/preact';
import { useSession } from './app_context.js';
import { sentence } from './notices.js';

/**
 * The words.
 *
 * @returns {unknown} its elements; none without a notice
 */
export function FormProblem() {
  const newest = useSession((state) => state.notices.at(-1) ?? null);
  if (!newest) return null;
  return html`<div class="problem" role="alert">
    <p>${sentence(newest.message)}</p>
    <p>${sentence(newest.hint)}</p>
  </div>`;
}
