/** Why a form about people was refused, in the language of the page. */

import { html } from 'htm/preact';
import { phrase, text } from '../texts/texts.js';
import { sentence } from './notices.js';

/** @typedef {{code: string, message: string, hint: string}} Refusal */

/** @type {Readonly<Record<string, string>>} what the server's codes mean to the person at the page */
const WORDS = Object.freeze({
  sign_in_failed: phrase('Name and password do not belong together.'),
  too_many_sign_ins: phrase('Too many wrong passwords were tried for this name. Wait 15 minutes, then try again.'),
  password_wrong: phrase('The present password is another one.'),
  password_length: phrase(
    'A password has 10 to 200 characters. A few words that nobody would guess together are good.',
  ),
  user_exists: phrase('Somebody has this name already. A disabled person can be enabled again.'),
  owner_last: phrase('One owner who can sign in must remain. Make somebody else an owner first.'),
  server_unreachable: phrase('The server does not answer. Nothing is lost; try again.'),
});

/**
 * The words; nothing while nothing was refused.
 *
 * @param {{refusal: Refusal | null}} props what the server said
 * @returns {unknown} its elements
 */
export function RefusalView({ refusal }) {
  if (!refusal) return null;
  const words = WORDS[refusal.code];
  return html`<div class="problem" role="alert">
    ${
      words
        ? html`<p>${text(words)}</p>`
        : html`<p>${sentence(refusal.message)}</p>
            <p>${sentence(refusal.hint)}</p>`
    }
  </div>`;
}
