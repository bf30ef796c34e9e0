/** What went wrong or is worth knowing, in the corner of the stage. */

/** @import {Notice} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, IconButton } from './controls.js';
import { Icon } from './icons.js';

/** An error stays until it is closed; a remark goes by itself, after this many milliseconds. */
const INFO_TIME = 6000;

/**
 * All notices.
 *
 * @returns {unknown} its elements
 */
export function Notices() {
  const notices = useSession((state) => state.notices);
  return html`<div class="notices" aria-live="polite">
    ${notices.map((notice) => html`<${NoticeCard} key=${notice.id} notice=${notice} />`)}
  </div>`;
}

/** @param {{notice: Notice}} props the notice */
function NoticeCard({ notice }) {
  const { commands } = useApp();
  useEffect(() => {
    if (notice.tone !== 'info') return undefined;
    const time = notice.action ? 2 * INFO_TIME : INFO_TIME;
    const timer = setTimeout(() => commands.dismissNotice(notice.id), time);
    return () => clearTimeout(timer);
  }, [notice.id, notice.tone, notice.action, commands]);
  const act = () => {
    const { command, value } = /** @type {NonNullable<Notice['action']>} */ (notice.action);
    const run = /** @type {Record<string, (value: number) => unknown>} */ (/** @type {unknown} */ (commands))[command];
    run(value);
    commands.dismissNotice(notice.id);
  };
  return html`<div class=${`notice ${notice.tone}`} role=${notice.tone === 'error' ? 'alert' : 'status'}>
    ${notice.tone === 'error' && html`<${Icon} name="warning" size=${18} />`}
    <div>
      <p>${sentence(text(notice.message))}</p>
      ${notice.hint && html`<p class="hint">${sentence(text(notice.hint))}</p>`}
      ${notice.action && html`<${Button} onClick=${act}>${text(notice.action.label)}<//>`}
    </div>
    <${IconButton}
      icon="close"
      label=${text('Dismiss')}
      size=${16}
      onClick=${() => commands.dismissNotice(notice.id)}
    />
  </div>`;
}

/** A first word of plain letters; `cat.jpg`, `my_photo` and `x2` are names, whose spelling matters. */
const FIRST_WORD = /^\p{Ll}[\p{L}'’-]*(?=$|\s|[,:;](\s|$)|\.$)/u;

/**
 * Start with a capital letter: messages come in lower case. Names of files and fields stay as they are written.
 *
 * @param {string} text a message
 * @returns {string} the same message as a sentence
 */
export function sentence(text) {
  return FIRST_WORD.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
