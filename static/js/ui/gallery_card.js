/** One photograph in the gallery. */

/** @import {ImageRecord} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { objectCount, stateOfImage } from '../state/image_states.js';
import { isUnfinished } from '../state/selectors.js';
import { assigneeOf, rejectedImages, reviewOf } from '../state/team.js';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Icon } from './icons.js';
import { StateTag } from './image_state_view.js';
import { Thumbnail } from './thumbnail.js';
import { VerdictTag } from './review_box.js';

/**
 * The card. A click opens the photograph; with Ctrl, Command or Shift it selects.
 *
 * @param {{image: ImageRecord}} props the photograph
 * @returns {unknown} its elements
 */
export function GalleryCard({ image }) {
  const { commands, session } = useApp();
  const { id } = image;
  const selected = useSession((state) => Boolean(state.gallery.selected[id]), [id]);
  const name = useSession((state) => stateOfImage(state, image), [image]);
  const count = useSession((state) => objectCount(state, image), [image]);
  const unfinished = useSession((state) => isUnfinished(state.documents[id]?.content.draft ?? null), [id]);
  const toggle = () => {
    const { [id]: known, ...others } = session.value.gallery.selected;
    commands.changeGallery({ selected: known ? others : { ...others, [id]: true } });
  };
  return html`<li class=${selected ? 'photo selected' : 'photo'}>
    <button
      type="button"
      class="picture"
      aria-label=${text('Open {name}', { name: image.file_name })}
      onClick=${(/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) toggle();
        else commands.workOn(id);
      }}
    >
      <${Thumbnail} image=${image} />
      ${unfinished && html`<span class="unfinished"><${Icon} name="pencil" size=${12} /></span>`}
    </button>
    <label class="tick">
      <input
        type="checkbox"
        aria-label=${text('Select {name}', { name: image.file_name })}
        checked=${selected}
        onChange=${toggle}
      />
    </label>
    <div class="caption">
      <span class="file-name" title=${image.file_name}>${image.file_name}</span>
      <span class="facts">
        <${StateTag} state=${name} />
        <span>${plural(count, '{count} object', '{count} objects')}</span>
      </span>
      <${TeamFacts} image=${image} />
    </div>
  </li>`;
}

/** @param {{image: ImageRecord}} props the photograph whose assignee and verdict it shows; nothing without accounts */
function TeamFacts({ image }) {
  const assignee = useSession((state) => assigneeOf(state, image), [image.id]);
  const review = useSession((state) => reviewOf(state, { imageId: image.id, objectKey: null }), [image.id]);
  const hasRejected = useSession((state) => rejectedImages(state).has(image.id), [image.id]);
  if (!assignee && !review && !hasRejected) return null;
  return html`<span class="facts" title=${review?.comment ?? ''}>
    ${review && html`<${VerdictTag} review=${review} />`}
    ${
      !review &&
      hasRejected &&
      html`<span class="verdict rejected"><${Icon} name="warning" size=${14} />${text('Objects rejected')}</span>`
    }
    ${
      assignee &&
      html`<span class="assignee" title=${text('Assigned to {name}', { name: assignee.name })}
        ><${Icon} name="person" size=${14} />${assignee.name}</span
      >`
    }
  </span>`;
}
