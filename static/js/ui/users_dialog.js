/** The owner's list of people: add, give another role or password, disable. */

/** @import {RoleName, User} from '../team_types.js' */
/** @import {FormEvent} from './sign_in_form.js' */
/** @import {Refusal} from './refusal_view.js' */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button } from './controls.js';
import { RefusalView } from './refusal_view.js';
import { ROLE_NAMES } from './user_menu.js';

/**
 * The list, inside its dialog.
 *
 * @returns {unknown} its elements
 */
export function UsersDialog() {
  const users = useSession((state) => state.team.users);
  const [refusal, setRefusal] = useState(/** @type {Refusal | null} */ (null));
  return html`<div class="form people">
    <ul aria-label=${text('People')}>
      ${users.map((user) => html`<${Person} key=${user.id} user=${user} onRefused=${setRefusal} />`)}
    </ul>
    <${RefusalView} refusal=${refusal} />
    <${NewPerson} onRefused=${setRefusal} />
    <p>${text(WHAT_ROLES_MAY)}</p>
  </div>`;
}

const WHAT_ROLES_MAY = phrase(
  'Readers see and export everything. Annotators make masks too, reviewers accept and reject them, owners add photographs, classes and people.',
);

const NEW_ROLE = /** @type {RoleName} */ ('annotator');

/** @param {{user: User, onRefused: (refusal: Refusal | null) => void}} props one person */
function Person({ user, onRefused }) {
  const { commands } = useApp();
  const [setsPassword, setSetsPassword] = useState(false);
  const { id, name, role, is_disabled: isDisabled } = user;
  const change = async (/** @type {Parameters<typeof commands.changeUser>[1]} */ wish) =>
    onRefused(await commands.changeUser(id, wish));
  const setPassword = async (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const refused = await commands.changeUser(id, { password });
    onRefused(refused);
    setSetsPassword(refused !== null);
  };
  return html`<li class=${isDisabled ? 'disabled' : ''}>
    <span class="name" title=${name}>${name}${isDisabled && html`<small>${text('disabled')}</small>`}</span>
    <${RoleField}
      label=${text('Role of {name}', { name })}
      role=${role}
      onChoose=${(/** @type {RoleName} */ next) => change({ role: next })}
    />
    <${Button} onClick=${() => setSetsPassword(!setsPassword)}>${text('Set password')}<//>
    <${Button} onClick=${() => change({ is_disabled: !isDisabled })}>
      ${isDisabled ? text('Enable') : text('Disable')}
    <//>
    ${
      setsPassword &&
      html`<form class="set-password" onSubmit=${setPassword}>
        <${PasswordField} label=${text('New password of {name}', { name })} />
        <button type="submit" class="button primary">${text('Set')}</button>
      </form>`
    }
  </li>`;
}

/** @param {{onRefused: (refusal: Refusal | null) => void}} props says what was refused */
function NewPerson({ onRefused }) {
  const { commands } = useApp();
  const [role, setRole] = useState(NEW_ROLE);
  // A new form for the next one: a reset would show the first role of the list, whatever is chosen.
  const [added, setAdded] = useState(0);
  const add = async (/** @type {FormEvent} */ event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const user = { name: String(typed.get('name')), password: String(typed.get('password')), role };
    const refused = await commands.addUser(user);
    onRefused(refused);
    if (refused) return;
    setRole(NEW_ROLE);
    setAdded(added + 1);
  };
  return html`<form key=${added} class="new-person" aria-label=${text('Add somebody')} onSubmit=${add}>
    <input
      type="text"
      name="name"
      aria-label=${text('Name')}
      placeholder=${text('Name')}
      autocomplete="off"
      spellcheck=${false}
      maxlength="100"
      required
      autofocus
    />
    <${PasswordField} label=${text('First password')} />
    <${RoleField} label=${text('Role')} role=${role} onChoose=${setRole} />
    <button type="submit" class="button primary">${text('Add')}</button>
  </form>`;
}

/** @param {{label: string}} props its name */
function PasswordField({ label }) {
  return html`<input
    type="password"
    name="password"
    aria-label=${label}
    placeholder=${label}
    title=${text('At least 10 characters')}
    autocomplete="new-password"
    minlength="10"
    maxlength="200"
    required
  />`;
}

/** @param {{label: string, role: RoleName, onChoose: (role: RoleName) => unknown}} props the present role */
function RoleField({ label, role, onChoose }) {
  return html`<span class="select">
    <select
      aria-label=${label}
      value=${role}
      onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => {
        onChoose(/** @type {RoleName} */ (event.currentTarget.value));
      }}
    >
      ${Object.entries(ROLE_NAMES).map(([name, words]) => html`<option key=${name} value=${name}>${text(words)}</option>`)}
    </select>
  </span>`;
}
