/** The classes: choose, add, rename, recolour, delete. */

/** @import {Category} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { countByCategory, effectiveCategoryId, keptObjects } from '../state/selectors.js';
import { fuzzyFind } from '../state/fuzzy.js';
import { may } from '../state/team.js';
import { numeral, plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { ClassSwatch } from './class_swatch.js';
import { IconButton, keepFocus } from './controls.js';
import { Icon } from './icons.js';
import { NameField } from './name_field.js';

/** So many classes are seen at once; more are searched. */
const FEW = 9;

/**
 * The panel.
 *
 * @returns {unknown} its elements
 */
export function ClassPanel() {
  const categories = useSession((state) => state.categories);
  const chosen = useSession(effectiveCategoryId);
  const objects = useSession(keptObjects);
  const organises = useSession((state) => may(state, 'organise'));
  const counts = useMemo(() => countByCategory(objects), [objects]);
  const [typed, setTyped] = useState('');
  const shown = categories.length > FEW ? fuzzyFind(typed, categories, ({ name }) => name) : categories;
  return html`<section class="panel classes" aria-label=${text('Classes')}>
    <h2>${text('Classes')}</h2>
    ${categories.length > FEW && html`<${ClassSearch} typed=${typed} onType=${setTyped} found=${shown[0] ?? null} />`}
    <ul>
      ${shown.map(
        (category) =>
          html`<${ClassRow}
            key=${category.id}
            category=${category}
            number=${categories.indexOf(category) + 1}
            chosen=${category.id === chosen}
            count=${counts.get(category.id) ?? 0}
          />`,
      )}
    </ul>
    ${organises && html`<${NewClass} />`}
  </section>`;
}

/** @param {{typed: string, onType: (typed: string) => void, found: Category | null}} props what was typed, and what it finds first */
function ClassSearch({ typed, onType, found }) {
  const { commands } = useApp();
  return html`<div class="list-tools">
    <input
      type="text"
      aria-label=${text('Search the classes')}
      placeholder=${text('A few letters, then Enter')}
      autocomplete="off"
      spellcheck=${false}
      value=${typed}
      onInput=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) => onType(event.currentTarget.value)}
      onKeyDown=${(/** @type {KeyboardEvent & {currentTarget: HTMLInputElement}} */ event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        if (event.key === 'Enter' && found) commands.chooseCategory(found.id);
        onType('');
        event.currentTarget.blur();
      }}
    />
  </div>`;
}

/** @param {{category: Category, number: number, chosen: boolean, count: number}} props one class */
function ClassRow({ category, number, chosen, count }) {
  const { commands } = useApp();
  const organises = useSession((state) => may(state, 'organise'));
  const [renaming, setRenaming] = useState(false);
  const row = useRef(/** @type {HTMLLIElement | null} */ (null));
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const rename = async (/** @type {string} */ name) => {
    setRenaming(false);
    if (name && name !== category.name) await commands.updateCategory(category.id, { name });
  };
  return html`<li ref=${row} class=${chosen ? 'row chosen' : 'row'}>
    <kbd class="key" aria-hidden="true">${number <= 9 ? number : ''}</kbd>
    <${ColorField} category=${category} />
    ${
      renaming
        ? html`<${NameField} label=${text('Class name')} value=${category.name} onDone=${rename} />`
        : html`<button
            type="button"
            class="name"
            aria-pressed=${chosen}
            title=${category.name}
            onMouseDown=${keepFocus}
            onClick=${() => commands.chooseCategory(category.id)}
            onDblClick=${() => setRenaming(organises)}
          >
            ${category.name}
          </button>`
    }
    ${
      organises &&
      html`<span class="actions">
        <${IconButton}
          icon="list"
          label=${text('Pattern and attributes of {name}', { name: category.name })}
          size=${15}
          onClick=${() => commands.showClassSettings(category.id)}
        />
        <${IconButton}
          icon="pencil"
          label=${text('Rename {name}', { name: category.name })}
          size=${15}
          onClick=${() => setRenaming(true)}
        />
        <${IconButton}
          icon="trash"
          label=${text('Delete class {name}', { name: category.name })}
          size=${15}
          onClick=${() => commands.removeCategory(category.id)}
        />
      </span>`
    }
    <span class="count" role="img" aria-label=${plural(count, '{count} object', '{count} objects')}
      >${count > 0 && numeral(count)}</span
    >
  </li>`;
}

/** @param {{category: Category}} props the class whose colour it shows */
function ColorField({ category }) {
  const { commands } = useApp();
  return html`<${ClassSwatch} tag="label" category=${category} title=${text('Change the colour')}>
    <input
      type="color"
      aria-label=${text('Colour of {name}', { name: category.name })}
      value=${category.color}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
        commands.updateCategory(category.id, { color: event.currentTarget.value })}
    />
  <//>`;
}

/** The row that becomes a field for a new class. */
function NewClass() {
  const { commands } = useApp();
  const [naming, setNaming] = useState(false);
  const create = async (/** @type {string} */ name) => {
    setNaming(false);
    if (name) await commands.createCategory(name);
  };
  if (naming) {
    return html`<div class="row new"><${NameField} label=${text('New class name')} value="" onDone=${create} /></div>`;
  }
  return html`<div class="adding-class">
    <button type="button" class="add" onMouseDown=${keepFocus} onClick=${() => setNaming(true)}>
      <${Icon} name="plus" size=${16} />${text('Add class')}
    </button>
    <${IconButton}
      icon="folder"
      size=${16}
      label=${text('Add classes from a file')}
      keys="Alt+C"
      onClick=${commands.chooseClassList}
    />
  </div>`;
}
