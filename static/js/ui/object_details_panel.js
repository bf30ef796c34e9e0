/** What people say about the selected objects: class, answers, group, crowd, notes. */

/** @import {AttributeJson} from '../types.js' */
/** @import {AttributeValue, KeptObject} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { commonPart, nextGroup } from '../state/object_details.js';
import { categoryById, keptObjects, openDraft } from '../state/selectors.js';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, IconButton } from './controls.js';
import { ReviewBox } from './review_box.js';

/** @typedef {Event & {currentTarget: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement}} FieldEvent */

/**
 * The panel; nothing while no object is selected.
 *
 * @returns {unknown} its elements
 */
export function ObjectDetailsPanel() {
  const { commands } = useApp();
  const objects = useSession(keptObjects);
  const open = useSession((state) => openDraft(state)?.refines ?? null);
  const selectedKeys = useSession((state) => state.selectedKeys);
  const imageId = useSession((state) => state.currentImageId);
  const categories = useSession((state) => state.categories);
  const chosen = objects.filter(({ key }) => (open ? key === open : selectedKeys.includes(key)));
  if (chosen.length === 0) return null;
  const keys = chosen.map(({ key }) => key);
  const categoryId = commonPart(chosen, (object) => object.categoryId);
  return html`<form
    class="object-details"
    aria-label=${text('About the selection')}
    onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}
  >
    <header>
      <h3>${plural(chosen.length, '{count} object', '{count} objects')}</h3>
      ${
        !open &&
        html`<${IconButton}
            icon="trash"
            size=${16}
            label=${text('Delete the selection')}
            onClick=${commands.deleteOpen}
          />
          <${IconButton}
            icon="close"
            size=${16}
            label=${text('Clear the selection')}
            onClick=${() => commands.selectObjects([])}
          />`
      }
    </header>
    <label>
      <span>${text('Class')}</span>
      <span class="select">
        <select
          value=${categoryId ?? ''}
          onChange=${(/** @type {FieldEvent} */ event) => commands.setCategoryOf(keys, Number(event.currentTarget.value))}
        >
          ${categoryId === undefined && html`<option value="" disabled>${text('several')}</option>`}
          ${categories.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
        </select>
      </span>
    </label>
    ${chosen.length === 1 && imageId !== null && html`<${ReviewBox} target=${{ imageId, objectKey: chosen[0].key }} />`}
    <${Answers} chosen=${chosen} keys=${keys} categoryId=${categoryId} />
    <${Fields} chosen=${chosen} keys=${keys} objects=${objects} />
  </form>`;
}

/** @param {{chosen: KeptObject[], keys: string[], categoryId: number | undefined}} props the selected objects */
function Answers({ chosen, keys, categoryId }) {
  const category = useSession(
    (state) => (categoryId === undefined ? null : categoryById(state, categoryId)),
    [categoryId],
  );
  return (category?.attributes ?? []).map(
    (attribute) => html`<${Answer} key=${attribute.name} attribute=${attribute} chosen=${chosen} keys=${keys} />`,
  );
}

/** @param {{attribute: AttributeJson, chosen: KeptObject[], keys: string[]}} props one question */
function Answer({ attribute, chosen, keys }) {
  const { commands } = useApp();
  const { name, kind } = attribute;
  const value = commonPart(chosen, ({ details }) => details.attributes[name] ?? '');
  const set = (/** @type {AttributeValue} */ answer) =>
    commands.changeDetails(keys, { attributes: { [name]: answer } });
  if (kind === 'flag') {
    return html`<label class="flag">
      <input
        type="checkbox"
        checked=${value === true}
        onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => set(event.currentTarget.checked || '')}
      />
      <span title=${name}>${name}</span>
    </label>`;
  }
  const onChange = (/** @type {FieldEvent} */ event) => {
    const typed = event.currentTarget.value.trim();
    set(kind === 'number' && typed !== '' ? Number(typed) : typed);
  };
  if (kind === 'choice') {
    return html`<label>
      <span title=${name}>${name}</span>
      <span class="select">
        <select value=${value ?? ''} onChange=${onChange}>
          <option value="">${value === undefined ? text('several') : '–'}</option>
          ${attribute.choices.map((choice) => html`<option key=${choice} value=${choice}>${choice}</option>`)}
        </select>
      </span>
    </label>`;
  }
  return html`<label>
    <span title=${name}>${name}</span>
    <input
      type=${kind === 'number' ? 'number' : 'text'}
      step="any"
      maxlength="4000"
      placeholder=${value === undefined ? text('several') : ''}
      value=${value === undefined ? '' : String(value)}
      onChange=${onChange}
    />
  </label>`;
}

/** @param {{chosen: KeptObject[], keys: string[], objects: readonly KeptObject[]}} props the selected objects, and all */
function Fields({ chosen, keys, objects }) {
  const { commands } = useApp();
  const groupId = commonPart(chosen, ({ details }) => details.groupId);
  const isCrowd = commonPart(chosen, ({ details }) => details.isCrowd);
  const notes = commonPart(chosen, ({ details }) => details.notes);
  return html`<label>
      <span>${text('Group')}</span>
      <span class="group-field">
        <input
          type="number"
          min="0"
          step="1"
          placeholder=${groupId === undefined ? text('several') : '–'}
          value=${groupId ?? ''}
          onChange=${(/** @type {FieldEvent} */ event) => commands.changeDetails(keys, { groupId: wholeNumber(event.currentTarget.value) })}
        />
        <${Button} onClick=${() => commands.changeDetails(keys, { groupId: nextGroup(objects) })}
          >${text('New group')}<//
        >
      </span>
    </label>
    <label class="flag">
      <input
        type="checkbox"
        checked=${isCrowd === true}
        onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
          commands.changeDetails(keys, { isCrowd: event.currentTarget.checked })}
      />
      <span>${text('Crowd: many in one mask')}</span>
    </label>
    <label>
      <span>${text('Notes')}</span>
      <textarea
        rows="2"
        maxlength="4000"
        placeholder=${notes === undefined ? text('several') : ''}
        value=${notes ?? ''}
        onChange=${(/** @type {FieldEvent} */ event) => commands.changeDetails(keys, { notes: event.currentTarget.value.trim() })}
      ></textarea>
    </label>`;
}

/** @type {(typed: string) => number | null} */
function wholeNumber(typed) {
  const number = Number(typed);
  return typed.trim() === '' || !Number.isSafeInteger(number) || number < 0 ? null : number;
}
