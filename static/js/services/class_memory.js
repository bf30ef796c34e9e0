/** Remembers, per project, which class was chosen last. */

/** @import {SessionState, SessionStore} from '../state/state_types.js' */

import { setChosenClasses } from '../state/actions/category_actions.js';

const STORED = 'maskwright.classes';

/**
 * Keep the chosen classes over visits.
 *
 * @param {SessionStore} store the session, before its classes are read
 * @param {Pick<Storage, 'getItem' | 'setItem'>} storage of the browser
 * @returns {() => void} stops
 */
export function rememberClasses(store, storage) {
  store.apply(setChosenClasses(parseChosen(storage.getItem(STORED))));
  return store.subscribe((state, previous) => {
    if (state.chosenClasses === previous.chosenClasses) return;
    // Another tab may have chosen in other projects since this one has read them.
    const others = parseChosen(storage.getItem(STORED));
    const own = state.projectId ?? -1;
    storage.setItem(STORED, JSON.stringify({ ...others, [own]: state.chosenClasses[own] }));
  });
}

/** @type {(text: string | null) => SessionState['chosenClasses']} what another program wrote there counts for nothing */
function parseChosen(text) {
  try {
    const entries = Object.entries(Object(JSON.parse(text ?? '{}')));
    return Object.fromEntries(entries.filter(([, id]) => Number.isInteger(id)));
  } catch (problem) {
    if (problem instanceof SyntaxError) return {};
    throw problem;
  }
}
