/** All projects as cards. */

import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { may } from '../state/team.js';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, FileButton } from './controls.js';
import { NameField } from './name_field.js';
import { ProjectCard } from './project_card.js';

/**
 * The screen.
 *
 * @returns {unknown} its elements
 */
export function ProjectsScreen() {
  const projects = useSession((state) => state.projects);
  const organises = useSession((state) => may(state, 'organise'));
  return html`<main class="screen projects">
    <header class="screen-head">
      <h2>${text('Projects')}</h2>
      <span class="spacer"></span>
      ${organises && html`<${SavedProject} /><${NewProject} />`}
    </header>
    <ul class="cards">
      ${projects.map((project) => html`<${ProjectCard} key=${project.id} project=${project} />`)}
    </ul>
  </main>`;
}

/** The button that takes a file that a project was saved as. */
function SavedProject() {
  const { commands } = useApp();
  return html`<${FileButton}
    icon="folder"
    label=${text('File of a project')}
    accept=".zip"
    onFile=${commands.addSavedProject}
  >
    ${text('Restore from a file')}
  <//>`;
}

/** The button that becomes a field for a new project. */
function NewProject() {
  const { commands } = useApp();
  const [naming, setNaming] = useState(false);
  const [refused, setRefused] = useState('');
  const create = async (/** @type {string} */ name) => {
    setNaming(false);
    setRefused('');
    if (!name || (await commands.createProject(name))) return;
    // What was typed is not lost: the field comes back with it.
    setRefused(name);
    setNaming(true);
  };
  if (naming) {
    return html`<div class="new-project">
      <${NameField} label=${text('Name of the new project')} value=${refused} longest=${2000} onDone=${create} />
    </div>`;
  }
  return html`<${Button} icon="plus" tone="primary" onClick=${() => setNaming(true)}>${text('New project')}<//>`;
}
