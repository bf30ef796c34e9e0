/** The page before there is any photograph. */

import { html } from 'htm/preact';
import { text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { Button } from './controls.js';

/**
 * The invitation.
 *
 * @returns {unknown} its elements
 */
export function EmptyState() {
  const { commands } = useApp();
  return html`<section class="empty">
    <svg width="168" height="112" viewBox="0 0 168 112" aria-hidden="true">
      <rect class="sheet" x="44" y="10" width="104" height="78" rx="5" transform="rotate(6 96 49)" />
      <rect class="sheet" x="24" y="16" width="112" height="84" rx="5" />
      <path class="hill" d="M24 84l30-30 22 22 18-16 42 36" />
      <path class="blob" d="M70 40c14-9 36-5 40 12s-9 30-25 30-29-8-28-22 4-14 13-20z" />
      <circle class="dot" cx="84" cy="58" r="6.5" />
      <path class="sign" d="M84 54.8v6.4M80.8 58h6.4" />
    </svg>
    <h2>${text('Drop photographs anywhere')}</h2>
    <p>${text('Then click an object: its mask appears at once.')}</p>
    <div class="actions">
      <${Button} icon="photo" tone="primary" onClick=${commands.chooseFiles}>${text('Choose photographs')}<//>
      <${Button} icon="folder" onClick=${() => commands.showDialog('folder')}>${text('Add a folder on the server')}<//>
    </div>
    <p class="fine">${text('JPEG, PNG, WebP or TIFF. You can paste, too. They stay with your own server.')}</p>
    <p class="fine or">${text('Nothing at hand?')}</p>
    <${Button} icon="point" onClick=${commands.startTour}>${text('Try it with a sample photograph')}<//>
  </section>`;
}
