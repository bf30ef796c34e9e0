/** What other people left behind in this browser, and what may become of it. */

/** @import {LeftWorkCount} from '../team_types.js' */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { SignInForm } from './sign_in_form.js';

/**
 * The content of the dialog.
 *
 * @returns {unknown} its elements
 */
export function LeftWorkDialog() {
  const { commands } = useApp();
  const left = useSession((state) => state.team.leftWork);
  return html`<div class="left-work">
    <p class="dialog-note">
      ${text('It waits in this browser and was not sent: it would have been saved under your name.')}
    </p>
    ${left.map((one) => html`<${LeftWorkCard} key=${one.personId} left=${one} />`)}
    <footer>
      <button type="button" class="button plain" autofocus onClick=${() => commands.showDialog(null)}>
        ${text('Leave it here')}
      </button>
    </footer>
  </div>`;
}

/** @param {{left: LeftWorkCount}} props what one person left behind */
function LeftWorkCard({ left }) {
  const { commands } = useApp();
  const { personId, name } = left;
  const isTeam = useSession((state) => state.team.user !== null);
  const [step, setStep] = useState(/** @type {'choose' | 'discard' | 'signIn'} */ ('choose'));
  return html`<section class="left-work-card" aria-label=${text('Work of {name}', { name })}>
    <h3>${name}</h3>
    <p>${described(left)}</p>
    ${
      step === 'choose' &&
      html`<div class="actions">
        ${
          isTeam &&
          html`<button type="button" class="button primary" onClick=${() => setStep('signIn')}>
            ${text('Sign in as {name}', { name })}
          </button>`
        }
        <button type="button" class="button" onClick=${() => commands.downloadLeftWork(personId)}>
          ${text('Download')}
        </button>
        <button type="button" class="button" onClick=${() => setStep('discard')}>${text('Discard')}</button>
      </div>`
    }
    ${
      step === 'discard' &&
      html`<div class="actions" role="alert">
        <p>${text('It cannot be brought back.')}</p>
        <button type="button" class="button danger" onClick=${() => commands.discardLeftWork(personId)}>
          ${text('Discard for good')}
        </button>
        <button type="button" class="button" autofocus onClick=${() => setStep('choose')}>${text('Keep')}</button>
      </div>`
    }
    ${step === 'signIn' && html`<${SignInForm} name=${name} onSignIn=${commands.signIn} />`}
  </section>`;
}

/** @type {(left: LeftWorkCount) => string} */
function described({ saves, drafts }) {
  const parts = [
    saves > 0 && plural(saves, '{count} change that was not saved', '{count} changes that were not saved'),
    drafts > 0 && plural(drafts, '{count} unfinished object', '{count} unfinished objects'),
  ];
  return parts.filter(Boolean).join(' · ');
}
