/** Who else is on the open image, in the header. */

import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { useSession } from './app_context.js';
import { Icon } from './icons.js';

/**
 * The names; nothing while nobody else is there.
 *
 * @returns {unknown} its elements
 */
export function PeopleHere() {
  const others = useSession((state) => state.team.others);
  if (others.length === 0) return null;
  const names = others.join(', ');
  return html`<span class="people-here" role="status" title=${text('Also on this image: {names}', { names })}>
    <${Icon} name="person" size=${14} /><span>${names}</span>
  </span>`;
}
