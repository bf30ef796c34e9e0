/** The images: reading the list, adding photographs, opening one. */

/** @import {ImageId, ImageRecord, SessionStore} from '../state/state_types.js' */
/** @import {ImagesApi} from '../api/images_api.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { addImages, dropImage, failImages, openImage, setImages, setUpload } from '../state/actions/image_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { currentImage, isUnfinished, neighbourImage, openDraft, projectOf } from '../state/selectors.js';
import { inOwnWords } from '../texts/server_words.js';
import { phrase, plural, text } from '../texts/texts.js';

/**
 * @typedef {object} LibraryParts
 * @property {SessionStore} store the session
 * @property {ImagesApi} api the server
 * @property {ReportProblem} report shows problems
 * @property {(image: ImageRecord) => void} onOpen an image was opened
 */

/** Reads the list, adds photographs, opens images. */
export class ImageLibrary {
  #store;
  #api;
  #report;
  #onOpen;

  /** @param {LibraryParts} parts what it works with */
  constructor({ store, api, report, onOpen }) {
    this.#store = store;
    this.#api = api;
    this.#report = report;
    this.#onOpen = onOpen;
  }

  /** Read the list of the loaded project. */
  async read() {
    const projectId = projectOf(this.#store.get());
    try {
      const images = await this.#api.list(projectId);
      if (this.#store.get().projectId === projectId) this.#store.apply(setImages(images));
    } catch (problem) {
      this.#store.apply(failImages());
      this.#report(problem, text('the images could not be listed'));
    }
  }

  /**
   * Send photographs, one after the other. Each appears in the list as soon as it arrived.
   *
   * @param {readonly File[]} files what was dropped, pasted or chosen
   * @returns {Promise<ImageRecord[]>} what the server has of them, under the names that it knows; without those refused
   */
  async addFiles(files) {
    const projectId = projectOf(this.#store.get());
    const added = [];
    for (const [index, file] of files.entries()) {
      this.#store.apply(setUpload({ done: index, total: files.length }));
      const image = await this.#upload(file, projectId);
      if (image) added.push(image);
    }
    this.#store.apply(setUpload(null));
    return added;
  }

  /**
   * Add all photographs of a folder on the server.
   *
   * @param {string} path of the folder, on the server's disk
   * @returns {Promise<boolean>} false when the server refused
   */
  async addFolder(path) {
    try {
      const { images, skipped } = await this.#api.addFolder(path, projectOf(this.#store.get()));
      this.#arrive(images);
      if (skipped.length > 0) this.#store.apply(addNotice(skippedNotice(skipped)));
      return true;
    } catch (problem) {
      this.#report(problem, text('the folder was not added'));
      return false;
    }
  }

  /**
   * Show an image.
   *
   * @param {ImageId} id the image
   */
  open(id) {
    this.#show(this.#store.get().images.find((image) => image.id === id));
  }

  /**
   * Show the next or the previous image; does nothing at the ends.
   *
   * @param {1 | -1} step 1 for the next
   */
  step(step) {
    this.#show(neighbourImage(this.#store.get(), step));
  }

  /**
   * Take an image out of the project.
   *
   * @param {ImageId} id the image
   */
  async remove(id) {
    try {
      await this.#api.remove(id);
    } catch (problem) {
      this.#report(problem, text('the image was not removed'));
      return;
    }
    const state = this.#store.get();
    if (state.currentImageId === id) {
      const next = neighbourImage(state, 1) ?? neighbourImage(state, -1);
      if (next) this.#show(next);
      else this.#store.apply(openImage(null));
    }
    this.#store.apply(dropImage(id));
  }

  /** @type {(file: File, projectId: number) => Promise<ImageRecord | null>} */
  async #upload(file, projectId) {
    try {
      const image = await this.#api.upload(file, projectId);
      if (this.#store.get().projectId !== projectId) return null;
      const known = this.#store.get().images.some((one) => one.id === image.id);
      if (known) this.#store.apply(addNotice(knownNotice(file.name, image.file_name)));
      this.#arrive([image]);
      return image;
    } catch (problem) {
      this.#report(problem, text('could not add {name}', { name: file.name || text('the pasted image') }));
      return null;
    }
  }

  /** @type {(images: readonly ImageRecord[]) => void} */
  #arrive(images) {
    this.#store.apply(addImages(images));
    const { currentImageId, screen } = this.#store.get();
    if (currentImageId === null && screen === 'work') this.#show(images[0]);
  }

  /** @type {(image: ImageRecord | undefined | null) => void} */
  #show(image) {
    const state = this.#store.get();
    if (!image || image.id === state.currentImageId) return;
    const left = isUnfinished(openDraft(state)) ? currentImage(state) : null;
    if (left) this.#store.apply(addNotice(unfinishedNotice(left.file_name)));
    this.#store.apply(openImage(image.id));
    this.#onOpen(image);
  }
}

/**
 * @param {string} fileName the image that was left
 * @returns {{tone: 'info', message: string, hint: string}} what the annotator is told
 */
function unfinishedNotice(fileName) {
  return {
    tone: 'info',
    message: text('the unfinished object on {name} is kept there', { name: fileName }),
    hint: phrase('go back to accept or discard it'),
  };
}

/**
 * @param {string} fileName what was added
 * @param {string} knownName the same photograph in the list
 * @returns {{tone: 'info', message: string, hint: string}} what the annotator is told
 */
function knownNotice(fileName, knownName) {
  const hint = fileName === knownName ? '' : text('its name in the list is {name}', { name: knownName });
  return { tone: 'info', message: text('the photograph {name} is in the list already', { name: fileName }), hint };
}

/**
 * @param {{file_name: string, code?: string, message: string}[]} skipped files that the server left out
 * @returns {{tone: 'error', message: string, hint: string}} what the annotator is told
 */
function skippedNotice(skipped) {
  const names = skipped.slice(0, 3).map((file) => `${file.file_name} (${inOwnWords(file).message})`);
  const more = skipped.length > 3 ? text(', and {count} more', { count: skipped.length - 3 }) : '';
  const message = plural(skipped.length, 'one file was left out', '{count} files were left out');
  return { tone: 'error', message, hint: text('not taken: {names}', { names: names.join(', ') + more }) };
}
