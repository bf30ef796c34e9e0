/** The bar at the top: where you are, whether it is saved, and what leaves the page. */

import { html } from 'htm/preact';
import { canRedo, canUndo, currentImage, currentIndex, saveCounts } from '../state/selectors.js';
import { currentProject, stateOfImage } from '../state/image_states.js';
import { may } from '../state/team.js';
import { text } from '../texts/texts.js';
import { useApp, useSession } from './app_context.js';
import { Button, IconButton, keepFocus } from './controls.js';
import { Icon } from './icons.js';
import { StateField } from './image_state_view.js';
import { LongName } from './long_name.js';
import { PeopleHere } from './people_here.js';
import { UserMenu } from './user_menu.js';

/**
 * The header.
 *
 * @returns {unknown} its elements
 */
export function HeaderBar() {
  const { commands } = useApp();
  const undoable = useSession(canUndo);
  const redoable = useSession(canRedo);
  const empty = useSession((state) => state.images.length === 0);
  const screen = useSession((state) => state.screen);
  const organises = useSession((state) => may(state, 'organise'));
  return html`<header class="header">
    <${Brand} />
    <${Trail} />
    ${screen === 'work' && html`<${Position} /><${PeopleHere} />`}
    <span class="spacer"></span>
    <${SavedState} />
    ${
      screen === 'work' &&
      html`<div class="group">
        <${IconButton} icon="undo" label=${text('Undo')} keys="Ctrl+Z" disabled=${!undoable} onClick=${commands.undo} />
        <${IconButton}
          icon="redo"
          label=${text('Redo')}
          keys="Ctrl+Shift+Z"
          disabled=${!redoable}
          onClick=${commands.redo}
        />
      </div>`
    }
    ${
      screen !== 'projects' &&
      html`${
          organises &&
          html`<div class="group adding">
            <${IconButton}
              icon="photo"
              label=${text('Add photographs')}
              keys="Ctrl+O"
              onClick=${commands.chooseFiles}
            />
            <${IconButton} icon="folder" label=${text('Add a folder')} onClick=${() => commands.showDialog('folder')} />
          </div>`
        }
        <${Button}
          icon="download"
          tone=${empty || screen !== 'work' ? 'plain' : 'primary'}
          disabled=${empty}
          onClick=${commands.showExport}
          >${text('Export')}<//
        >`
    }
    <${IconButton} icon="search" label=${text('Search all actions')} keys="Ctrl+K" onClick=${commands.showPalette} />
    <${IconButton} icon="settings" label=${text('Settings')} keys="Ctrl+," onClick=${commands.showSettings} />
    <${UserMenu} />
  </header>`;
}

/** The name of the program. */
function Brand() {
  const { commands } = useApp();
  return html`<button
    type="button"
    class="brand"
    title=${text('Projects')}
    onMouseDown=${keepFocus}
    onClick=${commands.showProjects}
  >
    <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
      <path class="brand-mask" d="M12.5 3.5c4.6 0 8 3 8 7.3s-3 9.7-8 9.7-9-3.6-9-8.5 4.4-8.5 9-8.5z" />
      <path class="brand-plus" d="M12 8.5v7M8.5 12h7" />
    </svg>
    <h1>Maskwright</h1>
  </button>`;
}

/** The way back: all projects, this project. */
function Trail() {
  const { commands } = useApp();
  const screen = useSession((state) => state.screen);
  const project = useSession(currentProject);
  const places = [
    { name: 'gallery', icon: 'grid', label: text('Gallery'), keys: 'Shift+G', go: commands.showGallery },
    { name: 'work', icon: 'point', label: text('Workbench'), go: commands.showWorkbench },
    { name: 'statistics', icon: 'chart', label: text('Statistics'), go: commands.showStatistics },
    { name: 'learning', icon: 'learn', label: text('Learning'), go: commands.showLearning },
  ];
  return html`<nav class="trail" aria-label=${text('Places')}>
    <button
      type="button"
      class="place home"
      aria-current=${screen === 'projects' ? 'page' : undefined}
      onMouseDown=${keepFocus}
      onClick=${commands.showProjects}
    >
      ${text('Projects')}
    </button>
    ${
      screen !== 'projects' &&
      project &&
      html`<${Icon} name="right" size=${14} />
        <button
          type="button"
          class="place name"
          title=${project.name}
          onMouseDown=${keepFocus}
          onClick=${commands.showGallery}
        >
          ${project.name}
        </button>
        <div class="places">
          ${places.map(
            ({ name, icon, label, keys, go }) =>
              html`<${IconButton}
                key=${name}
                icon=${icon}
                label=${label}
                keys=${keys}
                size=${16}
                pressed=${screen === name}
                onClick=${go}
              />`,
          )}
        </div>`
    }
  </nav>`;
}

/** The open image and its place in the list. */
function Position() {
  const { commands } = useApp();
  const image = useSession(currentImage);
  const index = useSession(currentIndex);
  const count = useSession((state) => state.images.length);
  const imageState = useSession((state) => (image ? stateOfImage(state, image) : null), [image]);
  if (!image) return null;
  return html`<nav class="position" aria-label=${text('Images')}>
    <${IconButton}
      icon="left"
      label=${text('Previous image')}
      keys="A"
      disabled=${index <= 0}
      onClick=${() => commands.stepImage(-1)}
    />
    <span class="count" role="img" aria-label=${text('Image {number} of {count}', { number: index + 1, count })}
      >${text('{number} of {count}', { number: index + 1, count })}</span
    >
    <${IconButton}
      icon="right"
      label=${text('Next image')}
      keys="D"
      disabled=${index >= count - 1}
      onClick=${() => commands.stepImage(1)}
    />
    <${LongName} name=${image.file_name} />
    <span class="dimensions">${image.width} × ${image.height}</span>
    <${StateField} label=${text('State of this image')} state=${imageState} onChoose=${commands.markOpen} />
    <${IconButton}
      icon="next"
      label=${text('Done, and to the next open image')}
      keys="Shift+D"
      size=${16}
      onClick=${commands.doneAndNext}
    />
    <${IconButton}
      icon="trash"
      label=${text('Remove this image')}
      size=${16}
      class="quiet"
      onClick=${() => commands.showDialog('removeImage')}
    />
  </nav>`;
}

/** Whether the server has everything. */
function SavedState() {
  const { commands } = useApp();
  const waiting = useSession((state) => saveCounts(state).waiting);
  const failed = useSession((state) => saveCounts(state).failed);
  const saving = useSession((state) => saveCounts(state).saving);
  const online = useSession((state) => state.online);
  const conflicts = useSession((state) => state.conflicts);
  const empty = useSession((state) => state.images.length === 0);
  if (empty) return null;
  if (waiting + failed > 0 || !online) {
    const words = failed > 0 ? text('{count} not saved', { count: failed }) : waitingText(online, waiting + saving);
    return html`<div class="saved warn" role="status">
      <${Icon} name="warning" size=${16} /><span class="words" title=${words}>${words}</span>
      <${Button} icon="retry" title=${text('Retry')} onClick=${commands.retrySaves}>${text('Retry')}<//>
    </div>`;
  }
  const [conflict] = Object.values(conflicts);
  if (conflict) {
    const count = Object.keys(conflicts).length;
    const words = text('{count} changed elsewhere', { count });
    return html`<div class="saved warn" role="status">
      <${Icon} name="warning" size=${16} /><span class="words" title=${words}>${words}</span>
      <${Button} onClick=${() => commands.openImage(conflict.imageId)}>${text('Show')}<//>
    </div>`;
  }
  if (saving > 0) return html`<div class="saved" role="status">${text('Saving')}</div>`;
  return html`<div class="saved ok" role="status">
    <${Icon} name="check" size=${16} /><span>${text('Saved')}</span>
  </div>`;
}

/** @type {(online: boolean, count: number) => string} */
function waitingText(online, count) {
  if (online) return text('{count} waiting', { count });
  return count > 0 ? text('Offline, {count} waiting', { count }) : text('Offline');
}
