/** What keys and controls can do with projects and the states of images, by name. */

/** @import {GalleryView, ImageId, ImageStateName, ScreenName, SessionStore} from '../state/state_types.js' */
/** @import {ImageMarking} from './image_marking.js' */
/** @import {ProjectBook} from './project_book.js' */

import { changeGallery } from '../state/actions/project_actions.js';
import { addNotice } from '../state/actions/view_actions.js';
import { nextOpenImage } from '../state/image_states.js';
import { phrase } from '../texts/texts.js';

/**
 * @typedef {object} CommandParts
 * @property {SessionStore} store the session
 * @property {ProjectBook} projects the projects
 * @property {ImageMarking} marking says how far images are
 * @property {(id: ImageId) => void} open opens an image of the project
 * @property {(id: ImageId) => Promise<void>} removeImage takes an image out of the project
 */

/**
 * Make the commands.
 *
 * @param {CommandParts} parts what they work with
 * @returns {ReturnType<typeof makeCommands>} the commands by name
 */
export function createProjectCommands(parts) {
  return makeCommands(parts);
}

/** @param {CommandParts} parts what they work with */
function makeCommands({ store, projects, marking, open, removeImage }) {
  const openNext = () => {
    const next = nextOpenImage(store.get());
    if (!next) store.apply(addNotice(store.get().team.user ? NOTHING_FOR_ME : NOTHING_LEFT));
    else if (store.get().screen === 'work') open(next.id);
    else void projects.goTo({ screen: 'work', projectId: null, imageId: next.id });
  };
  /** @type {(screen: ScreenName) => () => void} */
  const show = (screen) => () => void projects.goTo({ screen, projectId: null, imageId: null });
  /** @type {(state: ImageStateName) => void} */
  const markOpen = (state) => {
    const id = store.get().currentImageId;
    if (id !== null) void marking.mark([id], state);
  };

  return {
    showProjects: show('projects'),
    showGallery: show('gallery'),
    showWorkbench: show('work'),
    showStatistics: show('statistics'),
    showLearning: show('learning'),
    openProject: (/** @type {number} */ id) => projects.goTo({ screen: 'gallery', projectId: id, imageId: null }),
    workOn: (/** @type {ImageId} */ id) => projects.goTo({ screen: 'work', projectId: null, imageId: id }),
    createProject: (/** @type {string} */ name) => projects.create(name),
    addSavedProject: (/** @type {File} */ file) => projects.addSaved(file),
    renameProject: (/** @type {number} */ id, /** @type {string} */ name) => projects.rename(id, name),
    removeProject: (/** @type {number} */ id) => projects.remove(id),
    restoreProject: (/** @type {number} */ id) => projects.restore(id),
    changeGallery: (/** @type {Partial<GalleryView>} */ change) => store.apply(changeGallery(change)),
    markImages: (/** @type {readonly ImageId[]} */ ids, /** @type {ImageStateName} */ state) =>
      marking.mark(ids, state),
    markOpen,
    async removeImages(/** @type {readonly ImageId[]} */ ids) {
      for (const id of ids) await removeImage(id);
      store.apply(changeGallery({ selected: {} }));
    },
    readStatistics: (/** @type {number} */ id) => projects.statistics(id),
    doneAndNext() {
      if (store.get().currentImageId === null) return false;
      markOpen('done');
      openNext();
      return true;
    },
    nextOpenImage: openNext,
  };
}

const NOTHING_FOR_ME = {
  tone: /** @type {const} */ ('info'),
  message: phrase('no open image is left for you'),
  hint: phrase('the gallery has those of the others'),
};

const NOTHING_LEFT = {
  tone: /** @type {const} */ ('info'),
  message: phrase('every image of this project is done or skipped'),
  hint: phrase('add photographs, or review what is there in the gallery'),
};
