/** Why a form was refused: the newest notice, inside the dialog that covers the others. */

import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from './app_context.js';
import { sentence } from './notices.js';

/**
 * The words. Once the form is sent again or closed they are no longer true: then the notice goes with them.
 *
 * @returns {unknown} its elements; none without a notice
 */
export function FormProblem() {
  const { commands, session } = useApp();
  const [notice] = useState(() => session.value.notices.at(-1));
  useEffect(() => () => void (notice && commands.dismissNotice(notice.id)), [notice, commands]);
  if (!notice) return null;
  return html`<div class="problem" role="alert">
    <p>${sentence(notice.message)}</p>
    <p>${sentence(notice.hint)}</p>
  </div>`;
}
