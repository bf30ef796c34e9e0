/** The kept objects of the open image: found, ordered, selected, opened. */

/** @import {Category, KeptObject, SaveStatus} from '../state/state_types.js' */
/** @import {ListedObject} from '../state/object_listing.js' */
/** @import {ListView} from './object_list_tools.js' */

import { html } from 'htm/preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { authorsOf, keysBetween, listObjects } from '../state/object_listing.js';
import { categoryById, keptObjects, openDraft } from '../state/selectors.js';
import { decimal, numeral, phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { ConflictList } from './conflict_list.js';
import { IconButton, keepFocus } from './controls.js';
import { ListTools, WHOLE_LIST } from './object_list_tools.js';
import { MaskThumb } from './mask_thumb_view.js';
import { ObjectDetailsPanel } from './object_details_panel.js';
import { ReviewBox, VerdictMark } from './review_box.js';
import { VirtualList } from './virtual_list.js';

const THUMB = 34;
const ROW_HEIGHT = 42;

/**
 * The panel.
 *
 * @returns {unknown} its elements
 */
export function ObjectList() {
  const objects = useSession(keptObjects);
  const categories = useSession((state) => state.categories);
  const open = useSession((state) => openDraft(state)?.refines ?? null);
  const newestSelected = useSession((state) => state.selectedKeys.at(-1) ?? null);
  const [view, setView] = useState(/** @type {ListView} */ (WHOLE_LIST));
  const authors = useMemo(() => authorsOf(objects), [objects]);
  // Marks change often and matter to few views: without one of them the list stays as it is.
  const marks = useSession((state) => (view.state === null ? null : state), [view.state]) ?? undefined;
  const listed = useMemo(() => listObjects(objects, categories, view, marks), [objects, categories, view, marks]);
  const imageId = useSession((state) => state.currentImageId);
  const select = useSelecting(listed);
  return html`<section class="panel objects" aria-label=${text('Objects')}>
    <h2>${text('Objects')} <span class="count">${objects.length || ''}</span></h2>
    <${ConflictList} />
    ${imageId !== null && html`<${ReviewBox} target=${{ imageId, objectKey: null }} />`}
    ${objects.length > 0 && html`<${ListTools} view=${view} count=${objects.length} authors=${authors} onChange=${setView} />`}
    ${objects.length === 0 && imageId !== null && html`<${Nothing} imageId=${imageId} />`}
    ${objects.length > 0 && listed.length === 0 && html`<p class="nothing">${text('No object fits the search and the filters.')}</p>`}
    <${VirtualList}
      items=${listed}
      rowHeight=${ROW_HEIGHT}
      label=${text('Objects')}
      shownKey=${open ?? newestSelected}
      keyOf=${(/** @type {ListedObject} */ { object }) => object.key}
      row=${(/** @type {ListedObject} */ { object, number }) =>
        html`<${ObjectRow}
          key=${object.key}
          object=${object}
          number=${number}
          imageId=${imageId}
          open=${object.key === open}
          onSelect=${select}
        />`}
    />
    <${ObjectDetailsPanel} />
  </section>`;
}

/** @param {{imageId: number}} props an image of which no object is shown: there is none, or it is not known yet */
function Nothing({ imageId }) {
  const isRead = useSession((state) => state.documents[imageId] !== undefined, [imageId]);
  const online = useSession((state) => state.online);
  if (!isRead && online) return null;
  const words = isRead
    ? text('No object kept on this image yet. Click one, then press Enter.')
    : text('Which objects are kept is not known: the server does not answer. They appear once it does.');
  return html`<p class="nothing">${words}</p>`;
}

/**
 * @param {readonly ListedObject[]} listed the list as it is shown
 * @returns {(key: string, extend: boolean) => void} selects one object, or all from the last one on
 */
function useSelecting(listed) {
  const { commands, session } = useApp();
  const last = useRef(/** @type {string | null} */ (null));
  return (key, extend) => {
    if (extend) {
      const keys = new Set([...session.value.selectedKeys, ...keysBetween(listed, last.current, key)]);
      commands.selectObjects([...keys]);
    } else commands.toggleSelected(key);
    last.current = key;
  };
}

/** @param {{object: KeptObject, number: number, imageId: number, open: boolean, onSelect: (key: string, extend: boolean) => void}} props one object */
function ObjectRow({ object, number, imageId, open, onSelect }) {
  const { commands } = useApp();
  const { key, categoryId } = object;
  const category = useSession((state) => categoryById(state, categoryId), [categoryId]);
  const hidden = useSession((state) => Boolean(state.hiddenKeys[key]), [key]);
  const hovered = useSession((state) => state.hoveredKey === key, [key]);
  const selected = useSession((state) => state.selectedKeys.includes(key), [key]);
  const name = `${category?.name ?? text('object')} ${number}`;
  const looks = ['row', (open || selected) && 'chosen', hovered && 'hovered', hidden && 'hidden'];
  return html`<li
    class=${looks.filter(Boolean).join(' ')}
    onMouseEnter=${() => commands.hoverObject(key)}
    onMouseLeave=${() => commands.hoverObject(null)}
  >
    <button
      type="button"
      class="open"
      aria-label=${`${text('Refine {name}', { name })}: ${wordsOf(category, object)}`}
      aria-pressed=${open || selected}
      title=${text('Click to refine, with Ctrl or Shift to select')}
      onMouseDown=${keepFocus}
      onClick=${(/** @type {MouseEvent} */ event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) onSelect(key, event.shiftKey);
        else commands.refine(key);
      }}
    >
      <${MaskThumb} contours=${null} rle=${object.rle} bbox=${object.bbox} color=${colorOf(category)} size=${THUMB} />
      <span class="text">
        <span class="name">${classNameOf(category)}</span>${' '}
        <span class="details">${detailsOf(object)}</span>
      </span>
      <${VerdictMark} target=${{ imageId, objectKey: key }} />
      <${SaveDot} objectKey=${key} />
    </button>
    <span class="actions">
      <${IconButton}
        icon=${hidden ? 'eyeOff' : 'eye'}
        label=${hidden ? text('Show {name}', { name }) : text('Hide {name}', { name })}
        size=${16}
        onClick=${() => commands.toggleObjectHidden(key)}
      />
      <${IconButton}
        icon="trash"
        label=${text('Delete {name}', { name })}
        size=${16}
        onClick=${() => commands.deleteObject(key)}
      />
    </span>
  </li>`;
}

/** @param {{objectKey: string}} props the object whose way to the server it shows */
function SaveDot({ objectKey }) {
  const save = useSession((state) => state.saves[objectKey] ?? null, [objectKey]);
  if (!save) return null;
  const words = text(SAVE_TEXTS[save]);
  return html`<i class=${`save ${save}`} role="img" title=${words} aria-label=${words}></i>`;
}

/** @type {(category: Category | null) => string} */
const classNameOf = (category) => category?.name ?? text('no class');

/** @type {(category: Category | null, object: KeptObject) => string} the words that stand in the row */
const wordsOf = (category, object) => `${classNameOf(category)} ${detailsOf(object)}`;

/** @type {(category: Category | null) => string} */
const colorOf = (category) => category?.color ?? '#a4a9b1';

/** @type {Record<SaveStatus, string>} */
const SAVE_TEXTS = {
  saving: phrase('Saving'),
  waiting: phrase('Waiting for the server'),
  failed: phrase('Not saved'),
  conflict: phrase('Changed elsewhere'),
};

/**
 * Describe an object in a few words.
 *
 * @param {KeptObject} object the object
 * @returns {string} score, size, and what people said about it
 */
export function detailsOf({ predictedIou, area, details }) {
  const words = [];
  if (predictedIou !== null) words.push(decimal(predictedIou, 2));
  words.push(`${numeral(area)} px`);
  if (details.groupId !== null) words.push(text('group {number}', { number: details.groupId }));
  if (details.isCrowd) words.push(text('crowd'));
  if (details.notes) words.push(details.notes);
  return words.join(' · ');
}
