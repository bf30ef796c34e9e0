/** Asks for name and password; on the page before the program, and over it when a session has ended. */

import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../texts/texts.js';
import { RefusalView } from './refusal_view.js';

/** @import {Refusal} from './refusal_view.js' */

/** @typedef {Event & {currentTarget: HTMLFormElement}} FormEvent */

/**
 * The form.
 *
 * @param {object} props what it is for
 * @param {(name: string, password: string) => Promise<Refusal | null>} props.onSignIn signs in; null when it worked
 * @param {string} [props.name] who should sign in
 * @returns {unknown} its elements
 */
export function SignInForm({ onSignIn, name = '' }) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState(/** @type {Refusal | null} */ (null));
  const nameField = useRef(/** @type {HTMLInputElement | null} */ (null));
  const passwordField = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => (name ? passwordField : nameField).current?.focus(), [name]);
  const submit = async (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setBusy(true);
    const refused = await onSignIn(String(typed.get('name')), String(typed.get('password')));
    setBusy(false);
    setRefusal(refused);
    if (refused) passwordField.current?.select();
  };
  return html`<form class="form sign-in" onSubmit=${submit}>
    <label>
      <span>${text('Name')}</span>
      <input
        ref=${nameField}
        type="text"
        name="name"
        autocomplete="username"
        autocapitalize="none"
        spellcheck=${false}
        maxlength="100"
        required
        defaultValue=${name}
      />
    </label>
    <label>
      <span>${text('Password')}</span>
      <input
        ref=${passwordField}
        type="password"
        name="password"
        autocomplete="current-password"
        maxlength="1000"
        required
      />
    </label>
    <${RefusalView} refusal=${refusal} />
    <footer>
      <button type="submit" class="button primary" disabled=${busy}>
        ${busy ? text('Signing in') : text('Sign in')}
      </button>
    </footer>
  </form>`;
}
