/** What hand tools may change, and how they say why they do not. */

/** @import {KeptObject, SessionStore} from '../state/state_types.js' */

import { addNotice } from '../state/actions/view_actions.js';
import { selectedObjects } from '../state/selectors.js';
import { phrase } from '../texts/texts.js';

/**
 * List the selected objects that may be changed. Where there are only locked ones, it says so.
 *
 * @param {SessionStore} store the session
 * @returns {KeptObject[]} in drawing order
 */
export function freeSelection(store) {
  const { lockedKeys } = store.get();
  const selected = selectedObjects(store.get());
  const free = selected.filter(({ key }) => !lockedKeys[key]);
  if (selected.length > 0 && free.length === 0) tell(store, LOCKED);
  return free;
}

/**
 * Say why nothing, or not everything, was done.
 *
 * @param {SessionStore} store the session
 * @param {{message: string, hint: string}} reason what must hold, and what to do
 * @returns {false} for the command that did nothing
 */
export function tell(store, reason) {
  store.apply(addNotice({ tone: 'info', ...reason }));
  return false;
}

const LOCKED = { message: phrase('a locked object is not changed'), hint: phrase('unlock it first (Ctrl+L)') };
