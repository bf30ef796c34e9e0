/** Objects that somebody else changed after this page had read them: both versions, side by side, to choose from. */

/** @import {KeptObject} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { numeral, phrase, text } from '../texts/texts.js';
import { categoryById, openConflicts } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { keepFocus } from './controls.js';
import { Icon } from './icons.js';
import { shortened } from './long_name.js';
import { MaskThumb } from './mask_thumb_view.js';

const THUMB = 56;
/** Longer names would make the sentence longer than two lines of the panel, in signs. */
const LONGEST_NAME = 28;

/**
 * The list; nothing while all versions agree.
 *
 * @returns {unknown} its elements
 */
export function ConflictList() {
  const { session } = useApp();
  const conflicts = openConflicts(session.value);
  if (conflicts.length === 0) return null;
  return html`<section class="conflicts" aria-label=${text('Changed elsewhere')}>
    ${conflicts.map((conflict) => html`<${ConflictCard} key=${conflict.key} objectKey=${conflict.key} ...${conflict} />`)}
  </section>`;
}

/** @param {{objectKey: string, mine: KeptObject | null, theirs: KeptObject | null}} props both versions */
function ConflictCard({ objectKey, mine, theirs }) {
  const { commands } = useApp();
  const name = useNameOf(mine ?? theirs);
  return html`<div class="two-versions" role="group" aria-label=${text('Versions of {name}', { name })}>
    <p role="status">
      <${Icon} name="warning" size=${16} />
      <span title=${name}
        >${text(theirs ? phrase('{name} was changed elsewhere') : phrase('{name} was deleted elsewhere'), {
          name: shortened(name, LONGEST_NAME),
        })}</span
      >
    </p>
    <div class="versions">
      <${Version}
        title=${text('Keep mine')}
        object=${mine}
        onChoose=${() => commands.resolveConflict(objectKey, 'mine')}
      />
      <${Version}
        title=${text('Take theirs')}
        object=${theirs}
        onChoose=${() => commands.resolveConflict(objectKey, 'theirs')}
      />
    </div>
  </div>`;
}

/** @param {{title: string, object: KeptObject | null, onChoose: () => void}} props one version; null for a deletion */
function Version({ title, object, onChoose }) {
  const name = useNameOf(object);
  const color = useSession((state) => categoryById(state, object?.categoryId ?? -1)?.color ?? '#a4a9b1', [object]);
  return html`<button type="button" class="version" onMouseDown=${keepFocus} onClick=${onChoose}>
    ${
      object
        ? html`<${MaskThumb} contours=${null} rle=${object.rle} bbox=${object.bbox} color=${color} size=${THUMB} />`
        : html`<span class="gone"><${Icon} name="trash" size=${20} /></span>`
    }
    <span class="name" title=${object ? name : undefined}>${object ? name : text('deleted')}</span>
    <span class="details">${object ? `${numeral(object.area)} px` : '–'}</span>
    <span class="choose">${title}</span>
  </button>`;
}

/** @type {(object: KeptObject | null) => string} name of its class */
const useNameOf = (object) =>
  useSession((state) => categoryById(state, object?.categoryId ?? -1)?.name ?? 'object', [object]);
