/** What keys and controls can do about the look of photograph and masks, and how it is remembered. */

/** @import {Look} from '../look_types.js' */
/** @import {ImagePoint} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ViewControl} from './view_control.js' */

import { changeLook, resetLook, setLooks, showMeasure, toggleLookPanel } from '../state/actions/look_actions.js';
import { lookOf, withLook } from '../state/looks.js';

const STORED = 'maskwright.looks';
/** By how much a key changes the opacity. */
const STEP = 0.1;

/**
 * Make the commands.
 *
 * @param {{store: SessionStore, view: Pick<ViewControl, 'centre'>}} parts the session and the viewport
 * @returns {ReturnType<typeof makeCommands>} the commands by name
 */
export function lookCommands(parts) {
  return makeCommands(parts);
}

/** @param {Parameters<typeof lookCommands>[0]} parts what they work with */
function makeCommands({ store, view }) {
  return {
    changeLook: (/** @type {Partial<Look>} */ change) => store.apply(changeLook(change)),
    resetLook: () => store.apply(resetLook()),
    toggleLookPanel: () => store.apply(toggleLookPanel()),
    stepOpacity: (/** @type {1 | -1} */ step) =>
      store.apply(changeLook({ opacity: lookOf(store.get()).opacity + step * STEP })),
    toggleLook: (/** @type {'outlineOnly' | 'grid' | 'minimap'} */ name) =>
      store.apply(changeLook({ [name]: !lookOf(store.get())[name] })),
    centreView: (/** @type {ImagePoint} */ point) => view.centre(point),
    dropMeasure: () => store.apply(showMeasure(null)),
  };
}

/**
 * Keep the looks over visits.
 *
 * @param {SessionStore} store the session
 * @param {Pick<Storage, 'getItem' | 'setItem'>} storage of the browser
 * @returns {() => void} stops
 */
export function rememberLooks(store, storage) {
  store.apply(setLooks(parseLooks(storage.getItem(STORED))));
  return store.subscribe((state, previous) => {
    if (state.looks !== previous.looks) storage.setItem(STORED, JSON.stringify(state.looks));
  });
}

/** @type {(text: string | null) => Record<number, Look>} what another program wrote there counts for nothing */
function parseLooks(text) {
  try {
    const entries = Object.entries(Object(JSON.parse(text ?? '{}')));
    return Object.fromEntries(entries.map(([id, look]) => [id, withLook(look)]));
  } catch (problem) {
    if (problem instanceof SyntaxError) return {};
    throw problem;
  }
}
