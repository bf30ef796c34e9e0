/** What a person can choose for this browser: theme, language. Keys are changed where they are listed. */

/** @import {OverlapPolicy, Settings} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { LANGUAGES, phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { overlapPolicy } from '../state/overlap.js';
import { Button, keepFocus } from './controls.js';

/** @type {Record<Settings['theme'], string>} */
const THEMES = { dark: phrase('Dark'), light: phrase('Light'), system: phrase('As the system') };

/** @type {Record<OverlapPolicy, string>} */
const POLICIES = { allowed: phrase('Several objects'), exclusive: phrase('One object') };

/**
 * The form, inside its dialog.
 *
 * @returns {unknown} its elements
 */
export function SettingsForm() {
  const { commands } = useApp();
  const { theme, language } = useSession((state) => state.settings);
  return html`<div class="form settings">
    <div class="setting" role="group" aria-label=${text('Theme')}>
      <span>${text('Theme')}</span>
      <div class="segments">
        ${Object.entries(THEMES).map(
          ([name, label]) =>
            html`<button
              key=${name}
              type="button"
              class="segment"
              aria-pressed=${theme === name}
              onMouseDown=${keepFocus}
              onClick=${() => commands.changeSettings({ theme: /** @type {Settings['theme']} */ (name) })}
            >
              ${text(label)}
            </button>`,
        )}
      </div>
    </div>
    <label class="setting">
      <span>${text('Language')}</span>
      <span class="select">
        <select
          value=${language}
          onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) =>
            commands.changeSettings({ language: /** @type {Settings['language']} */ (event.currentTarget.value) })}
        >
          ${Object.entries(LANGUAGES).map(([code, name]) => html`<option key=${code} value=${code}>${name}</option>`)}
        </select>
      </span>
    </label>
    <${OverlapSetting} />
    <div class="setting">
      <span>${text('Keys')}</span>
      <${Button} onClick=${() => commands.showDialog('help')}>${text('Show and change the keys')}<//>
    </div>
  </div>`;
}

/** Whether masks of the project that is loaded may overlap. */
function OverlapSetting() {
  const { commands } = useApp();
  const policy = useSession(overlapPolicy);
  const project = useSession((state) => state.projects.find(({ id }) => id === state.projectId)?.name);
  if (project === undefined) return null;
  return html`<div class="setting" role="group" aria-label=${text('A pixel may belong to')}>
    <span>
      ${text('A pixel may belong to')}
      <small>${text('in {project}', { project })}</small>
    </span>
    <div class="segments">
      ${Object.entries(POLICIES).map(
        ([name, label]) =>
          html`<button
            key=${name}
            type="button"
            class="segment"
            aria-pressed=${policy === name}
            onMouseDown=${keepFocus}
            onClick=${() => commands.setOverlapPolicy(/** @type {OverlapPolicy} */ (name))}
          >
            ${text(label)}
          </button>`,
      )}
    </div>
  </div>`;
}
