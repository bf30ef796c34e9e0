/** What only a page can do: open the file dialog, start a download, ask before it is closed. */

/** @import {SessionStore} from './state/state_types.js' */

import { currentImage, imagesWithDrafts } from './state/selectors.js';

/**
 * Find a file field of the page.
 *
 * @param {'photo-files' | 'class-list'} [id] which one
 * @returns {HTMLInputElement} the field
 * @throws {Error} if index.html has none
 */
export function fileField(id = 'photo-files') {
  const field = document.querySelector(`#${id}`);
  if (!(field instanceof HTMLInputElement)) throw new Error(`index.html must have an input #${id}, got none`);
  return field;
}

/**
 * Notice every sign of a hand on the page.
 *
 * @param {(time: number) => void} onSign a sign, and when, in milliseconds of the page's clock
 */
export function watchHands(onSign) {
  for (const sign of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    window.addEventListener(sign, ({ timeStamp }) => onSign(timeStamp), { capture: true, passive: true });
  }
}

/**
 * Open the file dialog whenever it is asked for.
 *
 * @param {HTMLInputElement} input the file field of the page
 * @param {(files: File[]) => void} onFiles files were chosen
 * @returns {() => void} opens the dialog
 */
export function connectFileDialog(input, onFiles) {
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) onFiles(files);
  });
  return () => input.click();
}

/**
 * Save a plot as a file that shows it on its own, in the colours that it has here.
 *
 * @param {string} fileName without suffix
 * @param {string} svg the drawing
 */
export function savePlot(fileName, svg) {
  const root = getComputedStyle(document.documentElement);
  const color = (/** @type {string} */ name) => root.getPropertyValue(name).trim();
  const style = `<style>svg{background:${color('--panel')}}.plot-line{stroke:${color('--line-strong')}}
    .plot-text{fill:${color('--text-2')}}.plot-bar{fill:${color('--accent')}}</style>`;
  saveFile(new Blob([svg.replace('>', `>${style}`)], { type: 'image/svg+xml' }), `${fileName}.svg`);
}

/**
 * Start a download.
 *
 * @param {Blob} blob what the file holds
 * @param {string} fileName its name
 */
export function saveFile(blob, fileName) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

/**
 * Keep the title of the page equal to the open image, and ask before work is left behind.
 *
 * @param {SessionStore} store the session
 * @param {() => boolean} isSafe true while the browser remembers everything that would be left behind
 */
export function guardPage(store, isSafe) {
  store.subscribe((state) => {
    const image = currentImage(state);
    const title = image ? `${image.file_name} · Maskwright` : 'Maskwright';
    if (document.title !== title) document.title = title;
  });
  window.addEventListener('beforeunload', (event) => {
    const state = store.get();
    const leaves = Object.keys(state.saves).length > 0 || imagesWithDrafts(state).length > 0;
    if (leaves && !isSafe()) event.preventDefault();
  });
}
