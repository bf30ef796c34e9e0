/** Walking through the readings of a click: on the open object, and on the preview before there is one. */

/** @import {ReadingName, SessionStore} from '../state/state_types.js' */

import { chooseCandidate } from '../state/actions/prompt_actions.js';
import { setReading, setReadings } from '../state/actions/reading_actions.js';
import { shownHover, wantedReading } from '../state/hover.js';
import { READINGS, readingIndex, readingName } from '../state/readings.js';
import { effectiveCategoryId, openDraft } from '../state/selectors.js';

const STORAGE_KEY = 'maskwright.readings';

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @returns {{chooseCandidate: (index: number) => void, nextCandidate: (step: 1 | -1) => boolean,
 *   chooseReading: (name: ReadingName | null) => void}} the commands by name; what is chosen is remembered for the class
 */
export function readingCommands({ store }) {
  /** @type {(name: ReadingName | null) => void} */
  const remember = (name) => {
    const categoryId = effectiveCategoryId(store.get());
    if (categoryId !== null) store.apply(setReading(categoryId, name));
  };
  const choose = (/** @type {number} */ index) => {
    const sizes = candidateSizes(store);
    if (readingName(sizes, index)) remember(readingName(sizes, index));
    store.apply(chooseCandidate(index));
  };

  return {
    chooseCandidate: choose,
    nextCandidate(/** @type {1 | -1} */ step) {
      const draft = openDraft(store.get());
      const count = draft?.candidates.length ?? 0;
      if (draft && count > 1) choose((draft.candidateIndex + step + count) % count);
      else return walkPreview(store, step, remember);
      return true;
    },
    chooseReading(/** @type {ReadingName | null} */ name) {
      remember(name);
      const sizes = candidateSizes(store);
      if (sizes.length > 1) store.apply(chooseCandidate(readingIndex(sizes, name)));
    },
  };
}

/** @type {(store: SessionStore) => number[]} */
const candidateSizes = (store) => (openDraft(store.get())?.candidates ?? []).map(({ area }) => area);

/**
 * @param {SessionStore} store the session
 * @param {1 | -1} step 1 for the next
 * @param {(name: ReadingName | null) => void} remember keeps the choice
 * @returns {boolean} false when the preview offers no choice
 */
function walkPreview(store, step, remember) {
  const sizes = (shownHover(store.get())?.readings ?? []).map(({ coverage }) => coverage);
  if (sizes.length < 2) return false;
  const next = (readingIndex(sizes, wantedReading(store.get())) + step + sizes.length) % sizes.length;
  remember(readingName(sizes, next));
  return true;
}

/**
 * Keep the wanted readings over visits.
 *
 * @param {SessionStore} store the session
 * @param {Pick<Storage, 'getItem' | 'setItem'>} storage of the browser
 * @returns {() => void} stops
 */
export function rememberReadings(store, storage) {
  store.apply(setReadings(parseReadings(storage.getItem(STORAGE_KEY))));
  return store.subscribe((state, previous) => {
    if (state.readings !== previous.readings) storage.setItem(STORAGE_KEY, JSON.stringify(state.readings));
  });
}

/** @type {(text: string | null) => Record<number, ReadingName>} what another program wrote there counts for nothing */
function parseReadings(text) {
  try {
    const entries = Object.entries(JSON.parse(text ?? '{}') ?? {});
    return Object.fromEntries(entries.filter(([, name]) => READINGS.some((known) => known === name)));
  } catch (problem) {
    if (problem instanceof SyntaxError) return {};
    throw problem;
  }
}
