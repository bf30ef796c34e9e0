/** All images in a row. */

/** @import {ImageRecord} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { phrase, plural, text } from '../texts/texts.js';
import { useEffect, useRef } from 'preact/hooks';
import { isUnfinished } from '../state/selectors.js';
import { may } from '../state/team.js';
import { useApp, useSession } from './app_context.js';
import { IconButton, keepFocus } from './controls.js';
import { Icon } from './icons.js';

const DOT_TEXTS = {
  waiting: phrase('not encoded yet'),
  encoding: phrase('being encoded'),
  ready: phrase('ready for clicks'),
  failed: phrase('could not be encoded'),
};

/**
 * The strip.
 *
 * @returns {unknown} its elements
 */
export function Filmstrip() {
  const { commands } = useApp();
  const images = useSession((state) => state.images);
  const current = useSession((state) => state.currentImageId);
  const open = useSession((state) => state.filmstripOpen);
  const organises = useSession((state) => may(state, 'organise'));
  if (images.length === 0) return null;
  return html`<section class=${open ? 'filmstrip' : 'filmstrip closed'} aria-label=${text('Filmstrip')}>
    <${IconButton}
      icon=${open ? 'down' : 'up'}
      label=${open ? text('Hide the filmstrip') : text('Show the filmstrip')}
      keys="Ctrl+B"
      size=${16}
      onClick=${commands.toggleFilmstrip}
    />
    ${
      open &&
      html`<ul>
        ${images.map((image) => html`<${Frame} key=${image.id} image=${image} current=${image.id === current} />`)}
        ${
          organises &&
          html`<li>
            <button
              type="button"
              class="add"
              aria-label=${text('Add more photographs')}
              title=${text('Add photographs (Ctrl+O)')}
              onMouseDown=${keepFocus}
              onClick=${commands.chooseFiles}
            >
              <${Icon} name="plus" />
            </button>
          </li>`
        }
      </ul>`
    }
  </section>`;
}

/** @param {{image: ImageRecord, current: boolean}} props one image */
function Frame({ image, current }) {
  const { commands } = useApp();
  const { id } = image;
  const kept = useSession((state) => state.documents[id]?.content.objects.length ?? null, [id]);
  const unfinished = useSession((state) => isUnfinished(state.documents[id]?.content.draft ?? null), [id]);
  const item = useRef(/** @type {HTMLLIElement | null} */ (null));
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  const count = kept ?? image.annotation_count;
  const phase = image.embedding.state;
  const objects = plural(count, '{count} object', '{count} objects');
  const name = text('Open {name}', { name: image.file_name });
  return html`<li ref=${item}>
    <button
      type="button"
      class="frame"
      aria-current=${current ? 'true' : undefined}
      aria-label=${count > 0 ? `${name}: ${objects}` : name}
      title=${`${image.file_name}: ${objects}, ${text(DOT_TEXTS[phase])}${unfinished ? text(', one unfinished') : ''}`}
      onMouseDown=${keepFocus}
      onClick=${() => commands.openImage(id)}
    >
      <img src=${image.thumbnail_url} alt="" loading="lazy" decoding="async" draggable=${false} />
      <i class=${`dot ${phase}`} aria-hidden="true"></i>
      ${unfinished && html`<span class="unfinished"><${Icon} name="pencil" size=${12} /></span>`}
      ${count > 0 && html`<span class="badge">${count}</span>`}
    </button>
  </li>`;
}
