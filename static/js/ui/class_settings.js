/** What the objects of a class are filled with, and what is asked about them. */

/** @import {AttributeJson, CategoryJson, PatternName} from '../types.js' */

import { html } from 'htm/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PATTERNS, patternOf } from '../state/patterns.js';
import { categoryById } from '../state/selectors.js';
import { phrase, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { ClassSwatch } from './class_swatch.js';
import { Button, IconButton } from './controls.js';
import { FormProblem } from './form_problem.js';

/** @type {Record<AttributeJson['kind'], string>} */
const KINDS = { text: phrase('Text'), number: phrase('Number'), choice: phrase('Choice'), flag: phrase('Yes or no') };

/** @typedef {Event & {currentTarget: HTMLInputElement | HTMLSelectElement}} FieldEvent */

/** @typedef {AttributeJson & {key: number}} Row a question that keeps its fields when the ones above it go */

let newestKey = 0;

/** @type {(attribute: AttributeJson) => Row} */
const numbered = (attribute) => ({ ...attribute, key: ++newestKey });

/**
 * The form of the dialog. What is wrong is said by the server, and nothing that was typed is lost.
 *
 * @returns {unknown} its elements
 */
export function ClassSettings() {
  const { commands } = useApp();
  const category = useSession((state) => categoryById(state, state.dialogCategoryId ?? -1));
  const [rows, setRows] = useState(() => (category?.attributes ?? []).map(numbered));
  const [pattern, setPattern] = useState(() => patternOf(category));
  const [refused, setRefused] = useState(false);
  if (!category) return null;
  const change = (/** @type {number} */ at, /** @type {Partial<AttributeJson>} */ part) =>
    setRows((present) => present.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    setRefused(false);
    const attributes = rows.map(({ name, kind, choices }) => ({ name, kind, choices }));
    const saved = await commands.updateCategory(category.id, {
      attributes,
      // What somebody else may have chosen meanwhile stays.
      ...(pattern === patternOf(category) ? {} : { pattern }),
    });
    setRefused(!saved);
    if (saved) commands.showDialog(null);
  };
  return html`<form class="form attributes" onSubmit=${save}>
    <${PatternField} color=${category.color} chosen=${pattern} onChoose=${setPattern} />
    <h3>${text('Attributes')}</h3>
    <p>${text('These are asked about every object of {name}.', { name: category.name })}</p>
    <ul>
      ${rows.map(
        (row, index) =>
          html`<${AttributeRow}
            key=${row.key}
            row=${row}
            number=${index + 1}
            onChange=${(/** @type {Partial<AttributeJson>} */ part) => change(index, part)}
            onRemove=${() => setRows((present) => present.filter((_, other) => other !== index))}
          />`,
      )}
    </ul>
    <${Button}
      icon="plus"
      onClick=${() => setRows((present) => [...present, numbered({ name: '', kind: 'text', choices: [] })])}
    >
      ${text('Add attribute')}
    <//>
    ${refused && html`<${FormProblem} />`}
    <footer>
      <button type="button" class="button plain" onClick=${() => commands.showDialog(null)}>${text('Cancel')}</button>
      <button type="submit" class="button primary">${text('Save')}</button>
    </footer>
  </form>`;
}

/**
 * @param {object} props the choice of a pattern
 * @param {CategoryJson['color']} props.color of the class
 * @param {PatternName} props.chosen the pattern that is chosen
 * @param {(pattern: PatternName) => void} props.onChoose another one was chosen
 */
function PatternField({ color, chosen, onChoose }) {
  const names = /** @type {PatternName[]} */ (Object.keys(PATTERNS));
  return html`<fieldset class="patterns">
    <legend>${text('Pattern')}</legend>
    ${names.map(
      (name) =>
        html`<label key=${name}>
          <input
            type="radio"
            name="pattern"
            value=${name}
            checked=${name === chosen}
            onChange=${() => onChoose(name)}
          />
          <${ClassSwatch} category=${{ color, pattern: name }} />
          <span>${text(PATTERNS[name].label)}</span>
        </label>`,
    )}
  </fieldset>`;
}

/**
 * @param {object} props one question
 * @param {AttributeJson} props.row as it stands
 * @param {number} props.number from 1, for readers
 * @param {(part: Partial<AttributeJson>) => void} props.onChange a part changed
 * @param {() => void} props.onRemove it should go
 */
function AttributeRow({ row, number, onChange, onRemove }) {
  const name = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => {
    if (name.current?.value === '') name.current.focus();
  }, []);
  return html`<li>
    <input
      ref=${name}
      type="text"
      required
      aria-label=${text('Name of attribute {number}', { number: number })}
      placeholder=${text('Name')}
      value=${row.name}
      onInput=${(/** @type {FieldEvent} */ event) => onChange({ name: event.currentTarget.value })}
    />
    <span class="select">
      <select
        aria-label=${text('Kind of attribute {number}', { number: number })}
        value=${row.kind}
        onChange=${(/** @type {FieldEvent} */ event) =>
          onChange({ kind: /** @type {AttributeJson['kind']} */ (event.currentTarget.value) })}
      >
        ${Object.entries(KINDS).map(([kind, label]) => html`<option key=${kind} value=${kind}>${text(label)}</option>`)}
      </select>
    </span>
    <${IconButton}
      icon="trash"
      size=${16}
      label=${text('Remove attribute {number}', { number: number })}
      onClick=${onRemove}
    />
    ${
      row.kind === 'choice' &&
      html`<input
        type="text"
        class="choices"
        required
        aria-label=${text('Choices of attribute {number}', { number: number })}
        placeholder=${text('Choices, with commas between them')}
        defaultValue=${row.choices.join(', ')}
        onInput=${(/** @type {FieldEvent} */ event) => onChange({ choices: choicesOf(event.currentTarget.value) })}
      />`
    }
  </li>`;
}

/** @type {(typed: string) => string[]} */
const choicesOf = (typed) =>
  typed
    .split(',')
    .map((choice) => choice.trim())
    .filter(Boolean);
