/** The bar at the top: where you are, whether it is saved, and what leaves the page. */

import { html } from 'htm/preact';
import { canRedo, canUndo, currentImage, currentIndex, saveCounts } from '../state/selectors.js';
import { useApp, useSession } from './app_context.js';
import { Button, IconButton } from './controls.js';
import { Icon } from './icons.js';

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
  return html`<header class="header">
    <${Brand} />
    <${Position} />
    <span class="spacer"></span>
    <${SavedState} />
    <div class="group">
      <${IconButton} icon="undo" label="Undo" keys="Ctrl+Z" disabled=${!undoable} onClick=${commands.undo} />
      <${IconButton} icon="redo" label="Redo" keys="Ctrl+Shift+Z" disabled=${!redoable} onClick=${commands.redo} />
    </div>
    <div class="group">
      <${IconButton} icon="photo" label="Add photographs" keys="Ctrl+O" onClick=${commands.chooseFiles} />
      <${IconButton} icon="folder" label="Add a folder" onClick=${() => commands.showDialog('folder')} />
    </div>
    <${Button} icon="download" tone=${empty ? 'plain' : 'primary'} disabled=${empty} onClick=${commands.exportCoco}>
      Export COCO
    <//>
  </header>`;
}

/** The name of the program. */
function Brand() {
  return html`<div class="brand">
    <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true">
      <path class="brand-mask" d="M12.5 3.5c4.6 0 8 3 8 7.3s-3 9.7-8 9.7-9-3.6-9-8.5 4.4-8.5 9-8.5z" />
      <path class="brand-plus" d="M12 8.5v7M8.5 12h7" />
    </svg>
    <h1>Maskwright</h1>
  </div>`;
}

/** The open image and its place in the list. */
function Position() {
  const { commands } = useApp();
  const image = useSession(currentImage);
  const index = useSession(currentIndex);
  const count = useSession((state) => state.images.length);
  if (!image) return null;
  return html`<nav class="position" aria-label="Images">
    <${IconButton}
      icon="left"
      label="Previous image"
      keys="A"
      disabled=${index <= 0}
      onClick=${() => commands.stepImage(-1)}
    />
    <span class="count" aria-label=${`Image ${index + 1} of ${count}`}>${index + 1} of ${count}</span>
    <${IconButton}
      icon="right"
      label="Next image"
      keys="D"
      disabled=${index >= count - 1}
      onClick=${() => commands.stepImage(1)}
    />
    <span class="file-name" title=${image.file_name}>${image.file_name}</span>
    <span class="dimensions">${image.width} × ${image.height}</span>
    <${IconButton}
      icon="trash"
      label="Remove this image"
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
    const text = failed > 0 ? `${failed} not saved` : waitingText(online, waiting + saving);
    return html`<div class="saved warn" role="status">
      <${Icon} name="warning" size=${16} />${text}
      <${Button} icon="retry" onClick=${commands.retrySaves}>Retry<//>
    </div>`;
  }
  const [conflict] = Object.values(conflicts);
  if (conflict) {
    const count = Object.keys(conflicts).length;
    return html`<div class="saved warn" role="status">
      <${Icon} name="warning" size=${16} />${count} changed elsewhere
      <${Button} onClick=${() => commands.openImage(conflict.imageId)}>Show<//>
    </div>`;
  }
  if (saving > 0) return html`<div class="saved" role="status">Saving</div>`;
  return html`<div class="saved ok" role="status"><${Icon} name="check" size=${16} />Saved</div>`;
}

/** @type {(online: boolean, count: number) => string} */
function waitingText(online, count) {
  if (online) return `${count} waiting`;
  return count > 0 ? `Offline, ${count} waiting` : 'Offline';
}
