/** Puts a component on a page with a real session and commands that write down what they are asked for. */

/** @import {App, Commands} from '../../../static/js/ui/app_context.js' */
/** @import {SessionStore} from '../../../static/js/state/state_types.js' */

import { html } from 'htm/preact';
import { render } from 'preact';
import { signal } from '@preact/signals';
import { vi } from 'vitest';
import { canvasPoint } from '../../../static/js/geometry/point.js';
import { AppContext } from '../../../static/js/ui/app_context.js';
import { KEY_MAP, keyName } from '../../../static/js/input/key_map.js';
import { storeWithImages } from '../session_builders.js';

const COMMANDS = /** @type {const} */ ([
  'accept',
  'acceptTaking',
  'changeLook',
  'toggleLook',
  'resetLook',
  'toggleLookPanel',
  'centreView',
  'toggleTakesPixels',
  'setOverlapPolicy',
  'nextOverlap',
  'discard',
  'undo',
  'redo',
  'chooseCandidate',
  'chooseReading',
  'setThreshold',
  'toggleUncertainty',
  'refine',
  'deleteObject',
  'toggleObjectHidden',
  'hoverObject',
  'chooseCategory',
  'createCategory',
  'chooseClassList',
  'toggleCloseUp',
  'orderSelected',
  'updateCategory',
  'removeCategory',
  'retrySaves',
  'downloadLeftWork',
  'discardLeftWork',
  'resolveConflict',
  'chooseTool',
  'choosePointLabel',
  'zoomIn',
  'zoomOut',
  'zoomActual',
  'zoomFit',
  'toggleMasks',
  'toggleHover',
  'toggleFilmstrip',
  'openImage',
  'stepImage',
  'addFiles',
  'addFolder',
  'removeImage',
  'retryEmbedding',
  'showDialog',
  'showHelp',
  'startTour',
  'nextTourStep',
  'endTour',
  'showDoctor',
  'dismissNotice',
  'propose',
  'cancelProposals',
  'proposeAll',
  'bringBoxes',
  'reviewProposals',
  'skipReviewed',
  'endReview',
  'cancelAllProposals',
  'takeProposal',
  'takeAllProposals',
  'rejectProposal',
  'restoreProposals',
  'hoverProposal',
  'setProposalFilter',
  'chooseFiles',
  'showClassSettings',
  'selectObjects',
  'toggleSelected',
  'deleteOpen',
  'changeDetails',
  'setCategoryOf',
  'changeSettings',
  'showSettings',
  'showPalette',
  'togglePanels',
  'showExport',
  'startExport',
  'confirmImport',
  'showProjects',
  'showGallery',
  'showWorkbench',
  'showStatistics',
  'openProject',
  'workOn',
  'createProject',
  'addSavedProject',
  'renameProject',
  'removeProject',
  'restoreProject',
  'changeGallery',
  'markImages',
  'markOpen',
  'doneAndNext',
  'nextOpenImage',
  'removeImages',
  'readStatistics',
  'readLearning',
  'startTuning',
  'resumeTuning',
  'cancelTuning',
  'useModel',
  'showLearning',
  'savePlot',
  'signIn',
  'signOut',
  'changePassword',
  'addUser',
  'changeUser',
  'acceptReview',
  'rejectReview',
  'confirmReject',
  'withdrawReview',
  'assignImages',
  'stepBack',
  'combineSelected',
  'splitSelected',
  'fillHoles',
  'removeIslands',
  'editOutline',
  'simplifyOutline',
  'setBrushSize',
]);

/**
 * Make the app around a session.
 *
 * @param {SessionStore} [store] the session
 * @returns {App & {store: SessionStore}} the app; every command is a mock
 */
export function makeApp(store = storeWithImages()) {
  const session = signal(store.get());
  store.subscribe((state) => {
    session.value = state;
  });
  /** @type {Record<string, unknown>} */
  const commands = Object.fromEntries(COMMANDS.map((name) => [name, vi.fn(async () => true)]));
  commands.readStatistics = vi.fn(async () => null);
  commands.readLearning = vi.fn(async () => null);
  return {
    store,
    session,
    commands: /** @type {Commands} */ (/** @type {unknown} */ (commands)),
    keys: signal(KEY_MAP),
    run: vi.fn(),
    keyName,
    mountStage: vi.fn(() => () => {}),
    showThumb: vi.fn(() => () => {}),
    doctor: { examine: vi.fn(async () => []), measure: vi.fn(async () => true), copy: vi.fn(async () => {}) },
    toCanvas: ({ x, y }) => canvasPoint(x, y),
  };
}

/**
 * Show a component.
 *
 * @param {unknown} component the component
 * @param {object} [options] around it
 * @param {App & {store: SessionStore}} [options.app] the app it reaches
 * @param {object} [options.props] its props
 * @returns {{app: App & {store: SessionStore}, root: HTMLElement, find: (selector: string) => HTMLElement,
 *   text: () => string, named: (name: string) => HTMLElement, click: (name: string) => Promise<void>,
 *   drawn: () => Promise<void>}} the page: `named` finds a control by its accessible name
 */
export function show(component, { app = makeApp(), props = {} } = {}) {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  render(html`<${AppContext.Provider} value=${app}><${component} ...${props} /><//>`, root);
  const drawn = () => new Promise((/** @type {(value: void) => void} */ resolve) => setTimeout(resolve, 20));
  /** @type {(selector: string) => HTMLElement} */
  const find = (selector) => {
    const element = root.querySelector(selector);
    if (!(element instanceof HTMLElement)) throw new Error(`page must have ${selector}, got ${root.innerHTML}`);
    return element;
  };
  /** @type {(name: string) => HTMLElement} */
  const named = (name) => {
    const controls = [...root.querySelectorAll('button, input, select, textarea, canvas, [role]')];
    // A name may go on after a colon with what the control shows besides.
    const control =
      controls.find((one) => nameOf(one) === name) ?? controls.find((one) => nameOf(one).startsWith(`${name}: `));
    if (!(control instanceof HTMLElement))
      throw new Error(`page must have ${name}, got ${controls.map(nameOf).join('; ')}`);
    return control;
  };
  return {
    app,
    root,
    find,
    named,
    drawn,
    text: () => wordsOf(root),
    click: async (name) => {
      named(name).click();
      await drawn();
    },
  };
}

/**
 * @param {Node} node a part of the page
 * @returns {string} its words, in order, with one space between parts
 */
function wordsOf(node) {
  if (!node.hasChildNodes()) return (node.textContent ?? '').replace(/\s+/g, ' ').trim();
  return [...node.childNodes].map(wordsOf).filter(Boolean).join(' ');
}

/**
 * @param {Element} control a control
 * @returns {string} its accessible name, as far as this page uses names
 */
function nameOf(control) {
  const label = control.getAttribute('aria-label');
  if (label) return label;
  const words = [...control.childNodes].filter((node) => !(node instanceof Element && node.matches('kbd')));
  return words
    .map((node) => node.textContent ?? '')
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
