/** The page of somebody who is not signed in: it asks for name and password, then opens the program at this address. */

/** @import {Language} from './texts/texts.js' */

import { html } from 'htm/preact';
import { render } from 'preact';
import { createHttpClient } from './api/http_client.js';
import { createSessionApi } from './api/session_api.js';
import { followSettings } from './page_settings.js';
import { changeSettings } from './state/actions/view_actions.js';
import { createSessionState } from './state/session_state.js';
import { createSessionStore } from './state/session_store.js';
import { describeProblem } from './services/problem_report.js';
import { LANGUAGES, language, text } from './texts/texts.js';
import { SignInForm } from './ui/sign_in_form.js';

const session = createSessionApi(createHttpClient((path, init) => fetch(path, init)));
const store = createSessionStore(createSessionState());

/** @type {(name: string, password: string) => Promise<ReturnType<typeof describeProblem> | null>} */
async function signIn(name, password) {
  try {
    await session.signIn(name, password);
  } catch (problem) {
    return describeProblem(problem);
  }
  // The address stays, with the image that a link may name.
  window.location.reload();
  return null;
}

/** The whole page. */
function SignInPage() {
  document.title = `${text('Sign in')} · Maskwright`;
  return html`<main class="sign-in-page">
    <h1>Maskwright</h1>
    <${SignInForm} onSignIn=${signIn} />
    <nav aria-label=${text('Language')}>
      ${Object.entries(LANGUAGES).map(
        ([code, name]) =>
          html`<button
            key=${code}
            type="button"
            lang=${code}
            aria-pressed=${language.value === code}
            onClick=${() => store.apply(changeSettings({ language: /** @type {Language} */ (code) }))}
          >
            ${name}
          </button>`,
      )}
    </nav>
  </main>`;
}

followSettings(store, localStorage);
const root = document.querySelector('#sign-in');
if (!(root instanceof HTMLElement)) throw new Error('sign_in.html must have an element #sign-in, got none');
render(html`<${SignInPage} />`, root);
