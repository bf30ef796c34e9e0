/** Who is signed in, and what they can do about it; nothing on a server without accounts. */

/** @import {RoleName} from '../team_types.js' */

import { html } from 'htm/preact';
import { useRef } from 'preact/hooks';
import { may } from '../state/team.js';
import { phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Icon } from './icons.js';

/** The roles by their names in the page. */
export const ROLE_NAMES = /** @type {Readonly<Record<RoleName, string>>} */ (
  Object.freeze({
    owner: phrase('Owner'),
    reviewer: phrase('Reviewer'),
    annotator: phrase('Annotator'),
    reader: phrase('Reader'),
  })
);

/**
 * The menu.
 *
 * @returns {unknown} its elements
 */
export function UserMenu() {
  const { commands } = useApp();
  const user = useSession((state) => state.team.user);
  const managesUsers = useSession((state) => may(state, 'manage_users'));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  if (!user) return null;
  const choose = (/** @type {() => unknown} */ act) => () => {
    list.current?.hidePopover();
    act();
  };
  return html`<div class="user-menu">
    <button
      type="button"
      class="button plain"
      popovertarget="user-menu-list"
      aria-label=${text('Account of {name}', { name: user.name })}
      title=${user.name}
    >
      <${Icon} name="person" size=${16} />
      <span>${user.name}</span>
      <${Icon} name="down" size=${14} />
    </button>
    <div ref=${list} id="user-menu-list" popover class="menu">
      <p><b>${user.name}</b><small>${text(ROLE_NAMES[user.role])}</small></p>
      ${
        managesUsers &&
        html`<button type="button" onClick=${choose(() => commands.showDialog('users'))}>${text('People')}</button>`
      }
      <button type="button" onClick=${choose(() => commands.showDialog('password'))}>${text('Change password')}</button>
      <button type="button" onClick=${choose(commands.signOut)}>${text('Sign out')}</button>
    </div>
  </div>`;
}
