/** The kept objects of the open image. */

/** @import {Category, KeptObject, SaveStatus} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { categoryById, keptObjects, openDraft } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { ConflictList } from './conflict_list.js';
import { IconButton, keepFocus } from './controls.js';
import { MaskThumb } from './mask_thumb_view.js';

const THUMB = 34;

/**
 * The panel.
 *
 * @returns {unknown} its elements
 */
export function ObjectList() {
  const objects = useSession(keptObjects);
  const open = useSession((state) => openDraft(state)?.refines ?? null);
  const hasImage = useSession((state) => state.currentImageId !== null);
  return html`<section class="panel objects" aria-label="Objects">
    <h2>Objects <span class="count">${objects.length || ''}</span></h2>
    <${ConflictList} />
    ${
      objects.length === 0 &&
      hasImage &&
      html`<p class="nothing">No object kept on this image yet. Click one, then press Enter.</p>`
    }
    <ul>
      ${objects.map(
        (object, index) =>
          html`<${ObjectRow} key=${object.key} object=${object} number=${index + 1} open=${object.key === open} />`,
      )}
    </ul>
  </section>`;
}

/** @param {{object: KeptObject, number: number, open: boolean}} props one object */
function ObjectRow({ object, number, open }) {
  const { commands } = useApp();
  const { key, categoryId } = object;
  const category = useSession((state) => categoryById(state, categoryId), [categoryId]);
  const hidden = useSession((state) => Boolean(state.hiddenKeys[key]), [key]);
  const hovered = useSession((state) => state.hoveredKey === key, [key]);
  const name = `${category?.name ?? 'object'} ${number}`;
  const classes = ['row', open && 'chosen', hovered && 'hovered', hidden && 'hidden'].filter(Boolean).join(' ');
  return html`<li
    class=${classes}
    onMouseEnter=${() => commands.hoverObject(key)}
    onMouseLeave=${() => commands.hoverObject(null)}
  >
    <button
      type="button"
      class="open"
      aria-label=${`Refine ${name}`}
      aria-pressed=${open}
      onMouseDown=${keepFocus}
      onClick=${() => commands.refine(key)}
    >
      <${MaskThumb} contours=${null} rle=${object.rle} bbox=${object.bbox} color=${colorOf(category)} size=${THUMB} />
      <span class="text">
        <span class="name">${category?.name ?? 'no class'}</span>
        <span class="details" title="Predicted IoU and size">${detailsOf(object)}</span>
      </span>
      <${SaveDot} objectKey=${key} />
    </button>
    <span class="actions">
      <${IconButton}
        icon=${hidden ? 'eyeOff' : 'eye'}
        label=${`${hidden ? 'Show' : 'Hide'} ${name}`}
        size=${16}
        onClick=${() => commands.toggleObjectHidden(key)}
      />
      <${IconButton} icon="trash" label=${`Delete ${name}`} size=${16} onClick=${() => commands.deleteObject(key)} />
    </span>
  </li>`;
}

/** @param {{objectKey: string}} props the object whose way to the server it shows */
function SaveDot({ objectKey }) {
  const save = useSession((state) => state.saves[objectKey] ?? null, [objectKey]);
  if (!save) return null;
  return html`<i class=${`save ${save}`} role="img" title=${SAVE_TEXTS[save]} aria-label=${SAVE_TEXTS[save]}></i>`;
}

/** @type {(category: Category | null) => string} */
const colorOf = (category) => category?.color ?? '#a4a9b1';

/** @type {Record<SaveStatus, string>} */
const SAVE_TEXTS = {
  saving: 'Saving',
  waiting: 'Waiting for the server',
  failed: 'Not saved',
  conflict: 'Changed elsewhere',
};

/**
 * Describe an object in a few words.
 *
 * @param {KeptObject} object the object
 * @returns {string} score and size
 */
export function detailsOf({ predictedIou, area }) {
  const size = `${area.toLocaleString('en')} px`;
  return predictedIou === null ? size : `${predictedIou.toFixed(2)} · ${size}`;
}
