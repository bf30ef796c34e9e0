/** The projects: reading, making, renaming, deleting, entering one. */

/** @import {ImageId, OverlapPolicy, ScreenName, SessionStore} from '../state/state_types.js' */
/** @import {StatisticsJson} from '../types.js' */
/** @import {ProjectsApi} from '../api/projects_api.js' */
/** @import {ImagesApi} from '../api/images_api.js' */
/** @import {CategoryBook} from './category_book.js' */
/** @import {ImageLibrary} from './image_library.js' */
/** @import {ReportProblem} from './problem_report.js' */

import { dropProject, enterProject, putProject, setProjects, showScreen } from '../state/actions/project_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { failImages } from '../state/actions/image_actions.js';
import { firstImage } from '../state/image_states.js';
import { phrase, text } from '../texts/texts.js';

/**
 * @typedef {object} Place
 * @property {ScreenName} screen what fills the page
 * @property {number | null} projectId null for the project that is loaded, or the oldest one
 * @property {ImageId | null} imageId null for the first open image
 */

/**
 * @typedef {object} BookParts
 * @property {SessionStore} store the session
 * @property {ProjectsApi} api the server
 * @property {ImagesApi} images finds an image whose project is not known
 * @property {CategoryBook} categories the classes of the project
 * @property {ImageLibrary} library its images
 * @property {ReportProblem} report shows problems
 */

/** Keeps the list of projects and goes from place to place. */
export class ProjectBook {
  #store;
  #api;
  #images;
  #categories;
  #library;
  #report;

  /** @param {BookParts} parts what it works with */
  constructor({ store, api, images, categories, library, report }) {
    this.#store = store;
    this.#api = api;
    this.#images = images;
    this.#categories = categories;
    this.#library = library;
    this.#report = report;
  }

  /** Read the list. */
  async read() {
    await this.#attempt(
      async () => this.#store.apply(setProjects(await this.#api.list())),
      text('the projects could not be listed'),
    );
  }

  /**
   * Show a screen, with what belongs on it.
   *
   * @param {Place} place where to go
   */
  async goTo({ screen, projectId, imageId }) {
    const wanted = projectId ?? this.#store.get().projectId ?? this.#store.get().projects[0]?.id ?? null;
    if (wanted === null) this.#store.apply(failImages());
    else if (wanted !== this.#store.get().projectId) await this.#enter(wanted);
    this.#store.apply(showScreen(screen));
    if (screen === 'work') this.#openImage(imageId);
    else if (screen !== 'gallery' || this.#store.get().projects.length > 0) await this.read();
  }

  /**
   * Show an image, whichever project it belongs to.
   *
   * @param {ImageId} imageId the image
   */
  async goToImage(imageId) {
    const known = this.#store.get().images.some((image) => image.id === imageId);
    await this.#attempt(async () => {
      const projectId = known ? null : (await this.#images.get(imageId)).project_id;
      await this.goTo({ screen: 'work', projectId, imageId });
    }, text('the image could not be opened'));
  }

  /**
   * Make a project and enter it.
   *
   * @param {string} name its name
   * @returns {Promise<boolean>} false when it was refused
   */
  create(name) {
    return this.#attempt(async () => {
      const project = await this.#api.create(name);
      this.#store.apply(putProject(project));
      await this.goTo({ screen: 'gallery', projectId: project.id, imageId: null });
    }, text('the project was not made'));
  }

  /**
   * Give a project another name.
   *
   * @param {number} id the project
   * @param {string} name its new name
   * @returns {Promise<boolean>} false when it was refused
   */
  rename(id, name) {
    return this.#attempt(
      async () => this.#store.apply(putProject(await this.#api.rename(id, name))),
      text('the project keeps its name'),
    );
  }

  /**
   * Say whether masks of a project may overlap.
   *
   * @param {number} id the project
   * @param {OverlapPolicy} overlap what holds from now on; masks that are there stay as they are
   * @returns {Promise<boolean>} false when it was refused
   */
  setOverlap(id, overlap) {
    return this.#attempt(
      async () => this.#store.apply(putProject(await this.#api.setOverlap(id, overlap))),
      text('overlaps are treated as before'),
    );
  }

  /**
   * Delete a project; the notice that says so can take it back.
   *
   * @param {number} id the project
   */
  async remove(id) {
    const name = this.#store.get().projects.find((project) => project.id === id)?.name ?? '';
    await this.#attempt(async () => {
      await this.#api.remove(id);
      this.#store.apply(dropProject(id));
      this.#store.apply(addNotice(deletedNotice(id, name)));
      const next = this.#store.get().projects[0];
      if (this.#store.get().projectId === id && next) await this.#enter(next.id);
    }, text('the project was not deleted'));
  }

  /**
   * Take the deletion of a project back.
   *
   * @param {number} id the project
   */
  async restore(id) {
    await this.#attempt(
      async () => this.#store.apply(putProject(await this.#api.restore(id))),
      text('the project did not come back'),
    );
  }

  /**
   * Add the project of a file that a project was saved as, next to those that are there.
   *
   * @param {File} file the file
   */
  async addSaved(file) {
    await this.#attempt(async () => {
      const project = await this.#api.addSaved(file);
      this.#store.apply(putProject(project));
      const message = text('the project {name} was restored', { name: project.name });
      this.#store.apply(addNotice({ tone: 'info', message, hint: text('the other projects are as they were') }));
    }, text('the project was not restored'));
  }

  /**
   * Read what the masks of a project cost.
   *
   * @param {number} id the project
   * @returns {Promise<StatisticsJson | null>} null when they could not be read
   */
  async statistics(id) {
    /** @type {StatisticsJson | null} */
    let found = null;
    await this.#attempt(async () => {
      found = await this.#api.statistics(id);
    }, text('the statistics could not be read'));
    return found;
  }

  /** @type {(projectId: number) => Promise<void>} */
  async #enter(projectId) {
    this.#store.apply(enterProject(projectId));
    await Promise.all([this.#categories.read(), this.#library.read()]);
  }

  /** @type {(imageId: ImageId | null) => void} */
  #openImage(imageId) {
    const state = this.#store.get();
    if (imageId !== null) this.#library.open(imageId);
    if (this.#store.get().currentImageId !== null) return;
    const first = firstImage(state);
    if (first) this.#library.open(first.id);
  }

  /** @type {(call: () => Promise<void>, failure: string) => Promise<boolean>} */
  async #attempt(call, failure) {
    try {
      await call();
      return true;
    } catch (problem) {
      this.#report(problem, failure);
      return false;
    }
  }
}

/**
 * @param {number} id the project
 * @param {string} name its name
 * @returns {Omit<import('../state/state_types.js').Notice, 'id'>} what the annotator is told
 */
function deletedNotice(id, name) {
  return {
    tone: 'info',
    message: text('the project {name} was deleted', { name }),
    hint: phrase('its photographs and masks are kept on the server'),
    action: { label: phrase('Restore'), command: 'restoreProject', value: id },
  };
}
