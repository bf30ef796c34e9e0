/** The state that a fresh page starts from. */

/** @import {ImageDocument, SessionState, Settings} from './state_types.js' */

import { NOBODY } from './team.js';

/** @type {ImageDocument} */
export const EMPTY_DOCUMENT = Object.freeze({
  content: Object.freeze({ objects: Object.freeze([]), draft: null }),
  past: Object.freeze([]),
  future: Object.freeze([]),
});

/** Narrower panels cannot show their fields, wider ones leave no place for the photograph. In CSS pixels. */
export const PANEL_WIDTHS = Object.freeze({ least: 208, most: 520 });

/** @type {Settings} what holds before anything was chosen */
export const DEFAULT_SETTINGS = Object.freeze({
  theme: 'dark',
  language: 'en',
  keys: Object.freeze({}),
  panelWidth: 264,
  panelsOpen: true,
});

const NOTHING_CHOSEN = { looks: {}, lookPanelOpen: false, measure: null, takesPixels: false, overlaps: null };
const NOTHING_SAID = { notices: [], nextNoticeId: 1 };
const NOTHING_MOVES = { exporting: null, importing: null, upload: null, dropActive: false };

/**
 * Make the state of a page that has not asked the server anything yet.
 *
 * @returns {SessionState} a frozen value; actions make new ones from it
 */
export function createSessionState() {
  /** @type {SessionState} */
  const state = {
    ...NOTHING_CHOSEN,
    ...NOTHING_SAID,
    ...NOTHING_MOVES,
    model: null,
    closeUp: null,
    decoder: { phase: 'loading', threads: 0, message: '' },
    settings: DEFAULT_SETTINGS,
    screen: 'work',
    team: NOBODY,
    projects: [],
    projectId: null,
    gallery: { states: [], search: '', sort: 'added', mine: false, rejected: false, selected: {} },
    images: [],
    imagesPhase: 'loading',
    currentImageId: null,
    featuresReady: false,
    pixelsReady: false,
    categories: [],
    activeCategoryId: null,
    chosenClasses: {},
    documents: {},
    saves: {},
    conflicts: {},
    online: true,
    tool: 'point',
    pointLabel: 1,
    canvasSize: null,
    viewport: null,
    cursor: null,
    crosshair: null,
    promptAnchor: null,
    preview: null,
    hover: null,
    hoverEnabled: true,
    quick: null,
    uncertaintyShown: false,
    readings: {},
    hoveredKey: null,
    ...noProposals(),
    selectedKeys: [],
    lockedKeys: {},
    clipboard: null,
    brushSize: 40,
    hiddenKeys: {},
    masksVisible: true,
    solo: false,
    filmstripOpen: true,
    dialog: null,
    dialogCategoryId: null,
    nextRevision: 1,
    lastDecodeMs: null,
    tour: null,
  };
  return Object.freeze(state);
}

/** What the model offers by itself, before it is asked. */
function noProposals() {
  return {
    proposals: {},
    projectProposals: null,
    proposalReview: null,
    proposalFilter: { predictedIou: 0.5, stability: 0.3 },
    hoveredProposal: null,
  };
}
