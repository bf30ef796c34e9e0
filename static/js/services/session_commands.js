/** Everything that a key or a control can do, by name. */

/** @import {KeyBinding} from '../input/key_map.js' */
/** @import {Action, Category, DialogName, ImageId, ObjectDetails, PointLabel, SessionState, SessionStore, Settings, ToolName} from '../state/state_types.js' */
/** @import {LearningApi} from '../api/learning_api.js' */
/** @import {ReportProblem} from './problem_report.js' */
/** @import {ToolDriver} from '../tools/tool_driver.js' */
/** @import {AnnotationSaver} from './annotation_saver.js' */
/** @import {CategoryBook} from './category_book.js' */
/** @import {CloseUps} from './close_up.js' */
/** @import {ExchangeService} from './exchange.js' */
/** @import {ExactMasks} from './exact_masks.js' */
/** @import {ImageLibrary} from './image_library.js' */
/** @import {ObjectEditing} from './object_editing.js' */
/** @import {HistoryKeeping} from './history_keeping.js' */
/** @import {ImageMarking} from './image_marking.js' */
/** @import {ProjectBook} from './project_book.js' */
/** @import {ProposalBook} from './proposal_book.js' */
/** @import {createProposalReview} from './proposal_review.js' */
/** @import {ObjectOpening} from './object_opening.js' */
/** @import {OutlineEditing} from './outline_editing.js' */
/** @import {createLeftWork} from './left_work.js' */
/** @import {createTourGuide} from './tour_guide.js' */
/** @import {ViewControl} from './view_control.js' */

import { setHoverEnabled } from '../state/actions/hover_actions.js';
import { redoStep, undoStep } from '../state/actions/history_actions.js';
import { acceptDraft, deleteObject, setObjectCategory } from '../state/actions/object_actions.js';
import { discardDraft, removeBox } from '../state/actions/prompt_actions.js';
import * as viewActions from '../state/actions/view_actions.js';
import { changeDetails, setCategoryOf } from '../state/actions/detail_actions.js';
import { selectObjects, toggleSelected } from '../state/actions/selection_actions.js';
import { crosshairCommands } from './crosshair.js';
import { arrowCommands, editCommands } from './edit_commands.js';
import { learningCommands } from './learning_commands.js';
import { lookCommands } from './look_commands.js';
import { overlapCommands } from './overlap_commands.js';
import { walkingCommands } from './walking.js';
import { createProjectCommands } from './project_commands.js';
import { proposalCommands } from './proposal_commands.js';
import { readingCommands } from './reading_commands.js';
import { sortFiles } from './exchange.js';
import { setExporting } from '../state/actions/exchange_actions.js';
import { thresholdCommands } from './threshold_commands.js';
import { isExact } from '../state/mask_threshold.js';
import { canAccept, canRedo, canUndo, isUnfinished, openDraft, shownCandidate } from '../state/selectors.js';
import { phrase } from '../texts/texts.js';

/**
 * @typedef {object} CommandParts
 * @property {SessionStore} store the session
 * @property {() => ToolDriver} driver the hand; made after the commands
 * @property {AnnotationSaver} saver sends objects
 * @property {CategoryBook} categories the classes
 * @property {ImageLibrary} library the images
 * @property {ObjectOpening} opening opens kept objects
 * @property {ObjectEditing} objects changes whole objects
 * @property {OutlineEditing} outlines edits outlines
 * @property {Pick<HistoryKeeping, 'settled'> | null} steps brings far steps; null without a memory
 * @property {Pick<CloseUps, 'toggle'>} closeUps encodes parts of the image by themselves
 * @property {ExactMasks} exactMasks makes the exact mask follow the threshold
 * @property {ViewControl} view the viewport
 * @property {(id: ImageId) => void} retryEmbedding asks for the embedding of an image again
 * @property {ProjectBook} projects the projects
 * @property {ProposalBook} proposals what the model finds by itself
 * @property {ReturnType<typeof createProposalReview>} review goes through the proposals of all images
 * @property {ImageMarking} marking says how far images are
 * @property {ReturnType<typeof createTourGuide>['commands']} tour leads through the first object
 * @property {ReturnType<typeof createLeftWork>['commands']} leftWork decides about what others left behind
 * @property {() => string} newKey makes the key of a new object
 * @property {ExchangeService} exchange exports and imports
 * @property {LearningApi} learning learning from the work
 * @property {() => Promise<unknown>} checkModel goes on with another model at once, if there is one
 * @property {ReportProblem} report shows problems
 * @property {{chooseFiles: () => void, chooseClassList: () => void, savePlot: (fileName: string, svg: string) => void}} browser what only a page can do
 */

/** @typedef {ReturnType<typeof createSessionCommands>} SessionCommands */

/**
 * Make the commands.
 *
 * @param {CommandParts} parts what they work with
 * @returns {ReturnType<typeof objectCommands> & ReturnType<typeof stepCommands> & ReturnType<typeof saveCommands> & ReturnType<typeof pageCommands> &
 *   ReturnType<typeof createProjectCommands> & ReturnType<typeof crosshairCommands> &
 *   ReturnType<typeof readingCommands> & ReturnType<typeof thresholdCommands> & ReturnType<typeof editCommands> &
 *   ReturnType<typeof walkingCommands> & ReturnType<typeof proposalCommands> &
 *   ReturnType<typeof learningCommands> & ReturnType<typeof overlapCommands> & ReturnType<typeof lookCommands> &
 *   CommandParts['tour'] & CommandParts['leftWork']} the commands by name
 */
export function createSessionCommands(parts) {
  const crosshair = crosshairCommands(parts);
  return Object.freeze({
    ...objectCommands(parts),
    ...stepCommands(parts),
    ...readingCommands(parts),
    ...proposalCommands({ ...parts, review: parts.review.commands, else: readingCommands(parts) }),
    ...editCommands(parts),
    ...thresholdCommands(parts),
    ...walkingCommands(parts),
    ...learningCommands(parts),
    ...overlapCommands(parts),
    ...lookCommands(parts),
    ...saveCommands(parts),
    ...pageCommands(parts),
    ...crosshair,
    ...parts.tour,
    ...parts.leftWork,
    ...arrowCommands({ ...parts, else: crosshair }),
    ...createProjectCommands({ ...parts, ...pageCommands(parts), open: pageCommands(parts).openImage }),
  });
}

/**
 * Run the command of a key.
 *
 * @param {SessionCommands} commands all commands
 * @param {KeyBinding} binding what the key means
 * @returns {boolean} false when the key is left to the browser
 */
export function runBinding(commands, { command, value }) {
  const byName = /** @type {Record<string, (value?: unknown) => unknown>} */ (/** @type {unknown} */ (commands));
  const run = byName[command];
  return run(value) !== false;
}

/** @param {CommandParts} parts what they work with */
function objectCommands({ store, driver, categories, opening, outlines, exactMasks, newKey }) {
  /** @type {(takes?: true) => boolean} */
  const accept = (takes) => {
    if (outlines.phase() !== 'none') return outlines.finish();
    const draft = openDraft(store.get());
    if (!draft) return false;
    if (!isExact(draft)) {
      void exactMasks.settle().then((made) => made && openDraft(store.get()) && accept(takes));
      return true;
    }
    if (canAccept(store.get())) {
      store.apply(acceptDraft({ key: newKey(), modelId: store.get().model?.modelId ?? null, takes }));
    } else if (draft.answered && shownCandidate(draft)) {
      store.apply(viewActions.addNotice(EMPTY_MASK_NOTICE));
    }
    return true;
  };
  /** @type {(change: () => void) => void} */
  const betweenGestures = (change) => {
    driver().interrupt();
    change();
  };

  return {
    accept: () => accept(),
    acceptTaking: () => accept(true),
    discard: () => betweenGestures(() => store.apply(discardDraft())),
    stepBack() {
      if (driver().cancel() || outlines.drop()) return;
      if (openDraft(store.get())) store.apply(discardDraft());
      else store.apply(selectObjects([]));
    },
    removeBox: () => store.apply(removeBox()),
    // The object that is open is kept first, or dropped when there is nothing to keep; undo takes both back.
    refine(/** @type {string} */ key) {
      if (isUnfinished(openDraft(store.get()))) accept();
      void opening.open(key);
    },
    deleteObject: (/** @type {string} */ key) => store.apply(deleteObject(key)),
    changeDetails: (/** @type {readonly string[]} */ keys, /** @type {Partial<ObjectDetails>} */ change) =>
      store.apply(changeDetails(keys, change)),
    setCategoryOf: (/** @type {readonly string[]} */ keys, /** @type {number} */ id) =>
      store.apply(setCategoryOf(keys, id)),
    toggleSelected: (/** @type {string} */ key) => store.apply(toggleSelected(key)),
    setObjectCategory: (/** @type {string} */ key, /** @type {number} */ id) => store.apply(setObjectCategory(key, id)),
    toggleObjectHidden: (/** @type {string} */ key) => store.apply(viewActions.toggleObjectHidden(key)),
    hoverObject: (/** @type {string | null} */ key) => store.apply(viewActions.hoverObject(key)),
    chooseCategory: (/** @type {number} */ id) => categories.choose(id),
    chooseCategoryAt(/** @type {number} */ index) {
      const category = store.get().categories[index];
      if (category) categories.choose(category.id);
    },
    createCategory: (/** @type {string} */ name) => categories.create(name),
    addClassList: (/** @type {File} */ file) => categories.addFromFile(file),
    takeBackClassList: () => categories.takeBackFile(),
    updateCategory: (/** @type {number} */ id, /** @type {Partial<Category>} */ change) =>
      categories.update(id, change),
    removeCategory: (/** @type {number} */ id) => categories.remove(id),
  };
}

/** @param {CommandParts} parts what they work with */
function stepCommands({ store, driver, steps }) {
  /** @type {(action: Action, isPossible: (state: SessionState) => boolean) => void} one step, from far away if need be */
  const walk = (action, isPossible) => {
    driver().interrupt();
    const before = store.get();
    store.apply(action);
    const { currentImageId } = before;
    if (store.get() !== before || currentImageId === null || !isPossible(before)) return;
    void steps?.settled(currentImageId).then(() => {
      if (store.get().currentImageId === currentImageId) store.apply(action);
    });
  };
  return {
    undo: () => walk(undoStep(), canUndo),
    redo: () => walk(redoStep(), canRedo),
  };
}

/** @param {CommandParts} parts what they work with */
function saveCommands({ driver, saver }) {
  return {
    retrySaves: () => saver.retry(),
    resolveConflict(/** @type {string} */ key, /** @type {'mine' | 'theirs'} */ choice) {
      driver().interrupt();
      saver.resolve(key, choice);
    },
  };
}

/** @param {CommandParts} parts what they work with */
function pageCommands({ store, driver, library, exchange, view, retryEmbedding, browser, closeUps }) {
  return {
    toggleCloseUp: () => void closeUps.toggle(),
    chooseTool(/** @type {ToolName} */ tool) {
      driver().interrupt();
      store.apply(viewActions.chooseTool(tool));
    },
    choosePointLabel: (/** @type {PointLabel} */ label) => store.apply(viewActions.choosePointLabel(label)),
    swapPointLabel: () => store.apply(viewActions.choosePointLabel(store.get().pointLabel === 1 ? 0 : 1)),
    zoomIn: () => view.zoomStep(1),
    zoomOut: () => view.zoomStep(-1),
    zoomActual: () => view.actual(),
    zoomFit: () => view.fit(),
    toggleMasks: () => store.apply(viewActions.toggleMasks()),
    toggleHover: () => store.apply(setHoverEnabled(!store.get().hoverEnabled)),
    toggleFilmstrip: () => store.apply(viewActions.toggleFilmstrip()),
    openImage(/** @type {ImageId} */ id) {
      driver().interrupt();
      library.open(id);
    },
    stepImage(/** @type {1 | -1} */ step) {
      driver().interrupt();
      library.step(step);
    },
    async addFiles(/** @type {readonly File[]} */ files) {
      const { annotationFile, photographs } = sortFiles(files);
      if (photographs.length > 0) await library.addFiles(photographs);
      if (annotationFile) await exchange.tryImport(annotationFile);
    },
    addFolder: (/** @type {string} */ path) => library.addFolder(path),
    removeImage: (/** @type {ImageId} */ id) => library.remove(id),
    retryEmbedding,
    showDialog: (/** @type {DialogName | null} */ dialog) => store.apply(viewActions.showDialog(dialog)),
    showClassSettings(/** @type {number} */ id) {
      store.apply(viewActions.showDialog('classSettings', id));
    },
    showPalette: () => store.apply(viewActions.showDialog('palette')),
    showSettings: () => store.apply(viewActions.showDialog('settings')),
    changeSettings: (/** @type {Partial<Settings>} */ change) => store.apply(viewActions.changeSettings(change)),
    chooseTheme: (/** @type {Settings['theme']} */ theme) => store.apply(viewActions.changeSettings({ theme })),
    togglePanels: () => store.apply(viewActions.changeSettings({ panelsOpen: !store.get().settings.panelsOpen })),
    showDoctor: () => store.apply(viewActions.showDialog('doctor')),
    showHelp: () => store.apply(viewActions.showDialog('help')),
    dismissNotice: (/** @type {number} */ id) => store.apply(viewActions.dismissNotice(id)),
    chooseFiles: browser.chooseFiles,
    chooseClassList: browser.chooseClassList,
    showExport() {
      store.apply(setExporting(null));
      store.apply(viewActions.showDialog('export'));
    },
    startExport: exchange.startExport,
    confirmImport: exchange.confirmImport,
    savePlot: browser.savePlot,
  };
}

const EMPTY_MASK_NOTICE = {
  tone: /** @type {const} */ ('error'),
  message: phrase('an object must have at least one pixel, got an empty mask'),
  hint: phrase('click once more on the object, or discard it'),
};
