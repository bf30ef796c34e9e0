/** Photographs dropped or pasted anywhere on the page. */

/**
 * Listen for files that are dragged over the page, dropped on it, or pasted.
 *
 * @param {object} options what to do with them
 * @param {(files: File[]) => void} options.onFiles files arrived
 * @param {(active: boolean) => void} options.onDrag a drag with files entered or left the page
 * @returns {() => void} stops listening
 */
export function listenForPhotos({ onFiles, onDrag }) {
  let depth = 0;
  const handlers = {
    dragenter(/** @type {DragEvent} */ event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      onDrag(true);
    },
    dragover(/** @type {DragEvent} */ event) {
      if (carriesFiles(event)) event.preventDefault();
    },
    dragleave(/** @type {DragEvent} */ event) {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) onDrag(false);
    },
    drop(/** @type {DragEvent} */ event) {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      onDrag(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    },
    paste(/** @type {ClipboardEvent} */ event) {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) onFiles(files);
    },
  };
  for (const [type, handler] of Object.entries(handlers)) {
    window.addEventListener(type, /** @type {EventListener} */ (handler));
  }
  return () => {
    for (const [type, handler] of Object.entries(handlers)) {
      window.removeEventListener(type, /** @type {EventListener} */ (handler));
    }
  };
}

/**
 * @param {DragEvent} event a drag over the page
 * @returns {boolean} true when it carries files, and not a selection of text
 */
function carriesFiles(event) {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
