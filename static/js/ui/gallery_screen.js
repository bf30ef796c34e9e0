/** All photographs of a project, with their masks. */

import { html } from 'htm/preact';
import { useMemo } from 'preact/hooks';
import { currentProject, galleryImages, imageCounts, selectedImages } from '../state/image_states.js';
import { may } from '../state/team.js';
import { plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button } from './controls.js';
import { EmptyState } from './empty_state.js';
import { GalleryCard } from './gallery_card.js';
import { GalleryFilters } from './gallery_filters.js';
import { StateField } from './image_state_view.js';
import { ProgressBar } from './progress_bar.js';

/**
 * The screen.
 *
 * @returns {unknown} its elements
 */
export function GalleryScreen() {
  const { session } = useApp();
  const state = session.value;
  const project = useSession(currentProject);
  const inputs = [state.images, state.documents, state.gallery, state.team];
  const counts = useMemo(() => imageCounts(state), inputs);
  const shown = useMemo(() => galleryImages(state), inputs);
  const selected = useMemo(() => selectedImages(state), inputs);
  const isEmpty = state.imagesPhase === 'ready' && state.images.length === 0;
  return html`<main class="screen gallery" aria-busy=${state.imagesPhase === 'loading'}>
    <header class="screen-head">
      <h2 title=${project?.name}>${project?.name}</h2>
      ${!isEmpty && html`<${ProgressBar} counts=${counts} secondsLeft=${project?.seconds_left ?? null} />`}
      <span class="spacer"></span>
      ${!isEmpty && html`<${WorkButton} />`}
    </header>
    ${
      isEmpty
        ? html`<div class="screen-empty"><${EmptyState} /></div>`
        : html`<${GalleryFilters} counts=${counts} total=${state.images.length} />
            ${selected.length > 0 && html`<${Selected} ids=${selected} shown=${shown.map(({ id }) => id)} />`}
            ${shown.length === 0 && html`<p class="nothing">${text('No photograph fits these filters.')}</p>`}
            <ul class="grid" aria-label=${text('Photographs')}>
              ${shown.map((image) => html`<${GalleryCard} key=${image.id} image=${image} />`)}
            </ul>`
    }
  </main>`;
}

/** Goes on with the next open photograph. */
function WorkButton() {
  const { commands } = useApp();
  return html`<${Button} icon="next" tone="primary" keys="Shift+N" onClick=${commands.nextOpenImage}>
    ${text('Go on with the next')}
  <//>`;
}

/** @param {{ids: number[], shown: number[]}} props the selected images, and those that could be */
function Selected({ ids, shown }) {
  const { commands } = useApp();
  const organises = useSession((state) => may(state, 'organise'));
  const select = (/** @type {number[]} */ chosen) =>
    commands.changeGallery({ selected: Object.fromEntries(chosen.map((id) => [id, /** @type {const} */ (true)])) });
  return html`<div class="selected-bar" role="toolbar" aria-label=${text('Selected photographs')}>
    <b>${plural(ids.length, '{count} selected', '{count} selected')}</b>
    <${StateField}
      label=${text('State of the selected photographs')}
      state=${null}
      onChoose=${(/** @type {import('../state/state_types.js').ImageStateName} */ state) => commands.markImages(ids, state)}
    />
    ${organises && html`<${AssignField} ids=${ids} />`}
    ${
      organises &&
      html`<${Button} icon="trash" onClick=${() => commands.showDialog('removeSelected')}>${text('Remove')}<//>`
    }
    <span class="spacer"></span>
    ${shown.length > ids.length && html`<${Button} onClick=${() => select(shown)}>${text('Select all')}<//>`}
    <${Button} onClick=${() => select([])}>${text('Clear')}<//>
  </div>`;
}

/** @param {{ids: number[]}} props the selected images; nothing without accounts */
function AssignField({ ids }) {
  const { commands } = useApp();
  const users = useSession((state) => state.team.users);
  const able = users.filter((user) => !user.is_disabled);
  if (able.length === 0) return null;
  return html`<span class="select">
    <select
      aria-label=${text('Assign the selected photographs to')}
      value=""
      onChange=${(/** @type {Event & {currentTarget: HTMLSelectElement}} */ event) => {
        const chosen = event.currentTarget.value;
        event.currentTarget.value = '';
        commands.assignImages(ids, chosen === NOBODY ? null : Number(chosen));
      }}
    >
      <option value="" disabled>${text('Assign to')}</option>
      ${able.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}
      <option value=${NOBODY}>${text('Nobody')}</option>
    </select>
  </span>`;
}

const NOBODY = 'nobody';
