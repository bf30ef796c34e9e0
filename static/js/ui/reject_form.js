/** Asks why something is rejected. */

/** @import {FormEvent} from './sign_in_form.js' */

import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';

/**
 * The form, inside its dialog.
 *
 * @returns {unknown} its elements
 */
export function RejectForm() {
  const { commands } = useApp();
  const isObject = useSession((state) => (state.team.rejecting?.objectKey ?? null) !== null);
  const submit = (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    void commands.confirmReject(String(new FormData(event.currentTarget).get('comment')).trim());
  };
  return html`<form class="form" onSubmit=${submit}>
    <label>
      <span>${isObject ? text('What is wrong with this object?') : text('What is wrong with this image?')}</span>
      <textarea
        name="comment"
        rows="3"
        maxlength="2000"
        required
        autofocus
        onKeyDown=${(/** @type {KeyboardEvent & {currentTarget: HTMLTextAreaElement}} */ event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      ></textarea>
    </label>
    <footer>
      <button type="button" class="button plain" onClick=${() => commands.showDialog(null)}>${text('Cancel')}</button>
      <button type="submit" class="button danger">${text('Reject')}</button>
    </footer>
  </form>`;
}
