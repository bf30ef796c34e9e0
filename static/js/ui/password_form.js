/** Changes one's own password. */

/** @import {FormEvent} from './sign_in_form.js' */
/** @import {Refusal} from './refusal_view.js' */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { RefusalView } from './refusal_view.js';

/**
 * The form, inside its dialog.
 *
 * @returns {unknown} its elements
 */
export function PasswordForm() {
  const { commands } = useApp();
  const name = useSession((state) => state.team.user?.name ?? '');
  const [refusal, setRefusal] = useState(/** @type {Refusal | null} */ (null));
  const submit = async (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const refused = await commands.changePassword(String(typed.get('password')), String(typed.get('new')));
    setRefusal(refused);
    if (!refused) commands.showDialog(null);
  };
  return html`<form class="form" onSubmit=${submit}>
    <input type="text" name="name" autocomplete="username" value=${name} hidden readonly />
    <label>
      <span>${text('Present password')}</span>
      <input type="password" name="password" autocomplete="current-password" maxlength="1000" required autofocus />
    </label>
    <label>
      <span>${text('New password')}</span>
      <input type="password" name="new" autocomplete="new-password" minlength="10" maxlength="200" required />
    </label>
    <${RefusalView} refusal=${refusal} />
    <p>${text('At least 10 characters. Everywhere else you are signed out.')}</p>
    <footer>
      <button type="button" class="button plain" onClick=${() => commands.showDialog(null)}>${text('Cancel')}</button>
      <button type="submit" class="button primary">${text('Change password')}</button>
    </footer>
  </form>`;
}
