/** The classes: choose, add, rename, recolour, delete. */

/** @import {Category} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { useMemo, useState } from 'preact/hooks';
import { countByCategory, effectiveCategoryId, keptObjects } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { IconButton, keepFocus } from './controls.js';
import { Icon } from './icons.js';
import { NameField } from './name_field.js';

/**
 * The panel.
 *
 * @returns {unknown} its elements
 */
export function ClassPanel() {
  const categories = useSession((state) => state.categories);
  const chosen = useSession(effectiveCategoryId);
  const objects = useSession(keptObjects);
  const counts = useMemo(() => countByCategory(objects), [objects]);
  return html`<section class="panel classes" aria-label="Classes">
    <h2>Classes</h2>
    <ul>
      ${categories.map(
        (category, index) =>
          html`<${ClassRow}
            key=${category.id}
            category=${category}
            number=${index + 1}
            chosen=${category.id === chosen}
            count=${counts.get(category.id) ?? 0}
          />`,
      )}
    </ul>
    <${NewClass} />
  </section>`;
}

/** @param {{category: Category, number: number, chosen: boolean, count: number}} props one class */
function ClassRow({ category, number, chosen, count }) {
  const { commands } = useApp();
  const [renaming, setRenaming] = useState(false);
  const rename = async (/** @type {string} */ name) => {
    setRenaming(false);
    if (name && name !== category.name) await commands.updateCategory(category.id, { name });
  };
  return html`<li class=${chosen ? 'row chosen' : 'row'}>
    <kbd class="key" aria-hidden="true">${number <= 9 ? number : ''}</kbd>
    <${ColorField} category=${category} />
    ${
      renaming
        ? html`<${NameField} label="Class name" value=${category.name} onDone=${rename} />`
        : html`<button
            type="button"
            class="name"
            aria-pressed=${chosen}
            title=${category.name}
            onMouseDown=${keepFocus}
            onClick=${() => commands.chooseCategory(category.id)}
            onDblClick=${() => setRenaming(true)}
          >
            ${category.name}
          </button>`
    }
    <span class="actions">
      <${IconButton} icon="pencil" label=${`Rename ${category.name}`} size=${15} onClick=${() => setRenaming(true)} />
      <${IconButton}
        icon="trash"
        label=${`Delete class ${category.name}`}
        size=${15}
        onClick=${() => commands.removeCategory(category.id)}
      />
    </span>
    <span class="count" aria-label=${`${count} objects`}>${count || ''}</span>
  </li>`;
}

/** @param {{category: Category}} props the class whose colour it shows */
function ColorField({ category }) {
  const { commands } = useApp();
  return html`<label class="swatch" style=${{ background: category.color }} title="Change the colour">
    <input
      type="color"
      aria-label=${`Colour of ${category.name}`}
      value=${category.color}
      onChange=${(/** @type {Event & {currentTarget: HTMLInputElement}} */ event) =>
        commands.updateCategory(category.id, { color: event.currentTarget.value })}
    />
  </label>`;
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
    return html`<div class="row new"><${NameField} label="New class name" value="" onDone=${create} /></div>`;
  }
  return html`<button type="button" class="add" onMouseDown=${keepFocus} onClick=${() => setNaming(true)}>
    <${Icon} name="plus" size=${16} />Add class
  </button>`;
}
