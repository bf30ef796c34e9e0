/** The models that can answer, and the choice among them. */

/** @import {ModelChoiceJson, ModelListJson} from '../model_types.js' */

import { html } from 'htm/preact';
import { language, numeral, text } from '../texts/texts.js';
import { useApp } from './app_context.js';
import { Button } from './controls.js';
import { sentence } from './notices.js';

/**
 * The list.
 *
 * @param {object} props what it shows
 * @param {ModelListJson} props.list all models
 * @param {() => void} props.onChange another model was chosen
 * @returns {unknown} its elements
 */
export function ModelList({ list, onChange }) {
  const { commands } = useApp();
  const use = (/** @type {string} */ id) => void commands.useModel(id).then(onChange);
  const isThere = list.models.some(({ model_id: id, problem }) => id === list.previous && problem === null);
  return html`<section class="sheet models" aria-label=${text('Models')}>
    <header>
      <h3>${text('Models')}</h3>
      ${
        list.previous !== null &&
        isThere &&
        html`<${Button} icon="undo" onClick=${() => use(/** @type {string} */ (list.previous))}>${text('Go back')}<//>`
      }
    </header>
    <div class="model-table">
      <table>
        <thead>
          <tr>
            <th scope="col">${text('Model')}</th>
            <th scope="col">${text('Made')}</th>
            <th scope="col">${text('Learnt from')}</th>
            <th scope="col" class="number">${text('Clicks before')}</th>
            <th scope="col" class="number">${text('Clicks after')}</th>
            <th scope="col"><span class="hidden-text">${text('Choose')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${list.models.map((model) => html`<${ModelRow} key=${model.model_id} model=${model} onUse=${use} />`)}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** @param {{model: ModelChoiceJson, onUse: (id: string) => void}} props a model */
function ModelRow({ model, onUse }) {
  const { lesson, created_at: made } = model;
  return html`<tr aria-current=${model.is_served ? 'true' : undefined}>
    <th scope="row"><span title=${`model ${model.model_id}`}>${model.name}</span></th>
    <td>${made === null ? text('came with the program') : shortDate(made)}</td>
    <td>
      ${
        lesson
          ? text('{masks} masks on {images} photographs of {name}', {
              ...{ masks: lesson.mask_count, images: lesson.image_count, name: lesson.project_name },
            })
          : '–'
      }
    </td>
    <td class="number">${lesson ? numeral(lesson.before.clicks_to_90, 2) : '–'}</td>
    <td class="number">${lesson ? numeral(lesson.after.clicks_to_90, 2) : '–'}</td>
    <td class="choice">
      ${model.problem !== null && html`<span class="fine">${sentence(model.problem)}</span>`}
      ${model.problem === null && model.is_served && html`<b class="answers">${text('answers')}</b>`}
      ${
        model.problem === null &&
        !model.is_served &&
        html`<${Button} onClick=${() => onUse(model.model_id)}>
          ${text('Use')}<span class="hidden-text">${' '}${model.name}</span>
        <//>`
      }
    </td>
  </tr>`;
}

/** @type {(time: string) => string} */
function shortDate(time) {
  return new Date(time).toLocaleString(language.value, { dateStyle: 'medium', timeStyle: 'short' });
}
