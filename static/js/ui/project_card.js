/** One project: its name, four of its photographs with their masks, and how far it is. */

/** @import {ProjectRecord} from '../state/state_types.js' */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { projectFileUrl } from '../api/projects_api.js';
import { may } from '../state/team.js';
import { language, plural, text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { IconButton } from './controls.js';
import { Icon } from './icons.js';
import { NameField } from './name_field.js';
import { ProgressBar } from './progress_bar.js';
import { Picture } from './thumbnail.js';

const COVER = 4;

/**
 * The card.
 *
 * @param {{project: ProjectRecord}} props the project
 * @returns {unknown} its elements
 */
export function ProjectCard({ project }) {
  const { commands } = useApp();
  const [renaming, setRenaming] = useState(false);
  const rename = async (/** @type {string} */ name) => {
    setRenaming(false);
    if (name && name !== project.name && !(await commands.renameProject(project.id, name))) setRenaming(true);
  };
  return html`<li class="card">
    <button
      type="button"
      class="cover"
      aria-label=${text('Open the project {name}', { name: project.name })}
      onClick=${() => commands.openProject(project.id)}
    >
      <${Mosaic} project=${project} />
    </button>
    <div class="about">
      <div class="title">
        ${
          renaming
            ? html`<${NameField}
                label=${text('Project name')}
                value=${project.name}
                longest=${2000}
                onDone=${rename}
              />`
            : html`<h3 title=${project.name}>${project.name}</h3>`
        }
        <${Actions} project=${project} onRename=${() => setRenaming(true)} />
      </div>
      <${ProgressBar} counts=${project.image_counts} secondsLeft=${project.seconds_left} />
      <p class="fine">
        ${[
          plural(project.object_count, '{count} object', '{count} objects'),
          text('changed {date}', { date: shortDate(project.changed_at) }),
        ].join(' · ')}
      </p>
    </div>
  </li>`;
}

/** @param {{project: ProjectRecord, onRename: () => void}} props the project, and what starts its renaming */
function Actions({ project, onRename }) {
  const { commands } = useApp();
  const isLast = useSession((state) => state.projects.length === 1);
  const organises = useSession((state) => may(state, 'organise'));
  return html`<span class="actions">
    <${IconButton}
      icon="chart"
      size=${16}
      label=${text('Statistics of {name}', { name: project.name })}
      onClick=${async () => {
        await commands.openProject(project.id);
        commands.showStatistics();
      }}
    />
    <a
      class="icon-button"
      href=${projectFileUrl(project.id)}
      download
      aria-label=${text('Save {name} as one file', { name: project.name })}
      title=${text('Save {name} as one file', { name: project.name })}
    >
      <${Icon} name="download" size=${16} />
    </a>
    ${
      organises &&
      html`<${IconButton}
          icon="pencil"
          size=${16}
          label=${text('Rename {name}', { name: project.name })}
          onClick=${onRename}
        />
        <${IconButton}
          icon="trash"
          size=${16}
          label=${text('Delete the project {name}', { name: project.name })}
          disabled=${isLast}
          onClick=${() => commands.removeProject(project.id)}
        />`
    }
  </span>`;
}

/** @param {{project: ProjectRecord}} props whose photographs it shows */
function Mosaic({ project }) {
  if (project.cover.length === 0) {
    return html`<span class="mosaic none"><${Icon} name="photo" size=${32} />${text('Drop photographs here')}</span>`;
  }
  const count = project.cover.length;
  const gaps = Array.from({ length: count > 2 ? COVER - count : 0 });
  return html`<span class=${count > 2 ? 'mosaic' : `mosaic of-${count}`}>
    ${project.cover.map((image) => html`<${Picture} key=${image.thumbnail_url} src=${image.masked_thumbnail_url} />`)}
    ${gaps.map((_, index) => html`<i key=${index}></i>`)}
  </span>`;
}

/** @type {(time: string) => string} */
function shortDate(time) {
  return new Date(time).toLocaleDateString(language.value, { day: 'numeric', month: 'short', year: 'numeric' });
}
