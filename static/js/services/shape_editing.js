/** Puts drawn shapes into masks: the open object's, else the selected object's, else a new one's. */

/** @import {HandTool, MaskRuns} from '../types.js' */
/** @import {KeptObject, SessionStore} from '../state/state_types.js' */
/** @import {MaskMaking} from './mask_making.js' */

import { combineRuns } from '../masks/mask_algebra.js';
import { cachedRuns } from '../masks/run_cache.js';
import { editDraft, replaceObjects } from '../state/actions/edit_actions.js';
import { openDraft, selectedObjects, shownCandidate } from '../state/selectors.js';
import { freeSelection, tell } from './free_selection.js';
import { phrase, plural } from '../texts/texts.js';

/** @typedef {(shape: MaskRuns, edit: {erases: boolean, tool: HandTool}) => void} EditShape */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {MaskMaking} parts.making makes objects of masks
 * @returns {EditShape} adds a shape to a mask, or erases it, as one step
 */
export function createShapeEditing({ store, making }) {
  /** @type {EditShape} */
  const editOpen = (shape, { erases, tool }) => {
    const draft = openDraft(store.get());
    if (draft && !draft.answered) {
      tell(store, UNANSWERED);
      return;
    }
    const shown = shownCandidate(draft);
    const before = shown ? cachedRuns(shown.rle) : new Int32Array(0);
    const after = combineRuns(before, shape, erases ? 'subtract' : 'union');
    if (sameRuns(before, after)) return;
    store.apply(editDraft(making.candidate(after), { tool, box: making.boxOf(shape) }));
  };

  /** @type {(objects: KeptObject[], shape: MaskRuns, edit: Parameters<EditShape>[1]) => void} */
  const editKept = (objects, shape, { erases, tool }) => {
    /** @type {Map<string, KeptObject[]>} */
    const changed = new Map();
    for (const object of objects) {
      const before = cachedRuns(object.rle);
      const after = combineRuns(before, shape, erases ? 'subtract' : 'union');
      if (sameRuns(before, after)) continue;
      const remade = making.remade(object, after, { tool, shape });
      changed.set(object.key, remade ? [remade] : []);
    }
    store.apply(replaceObjects(changed));
    const gone = [...changed.values()].filter((left) => left.length === 0).length;
    if (gone > 0) tell(store, goneNotice(gone));
  };

  return (shape, edit) => {
    const state = store.get();
    if (shape.length === 0) return;
    const isSelected = selectedObjects(state).length > 0;
    if (openDraft(state) || (!isSelected && !edit.erases)) editOpen(shape, edit);
    else if (!isSelected) tell(store, NOTHING_TO_ERASE);
    else {
      const free = freeSelection(store);
      // An eraser takes from everything that is selected; paint goes to one object.
      editKept(edit.erases ? free : free.slice(-1), shape, edit);
    }
  };
}

/** @type {(a: MaskRuns, b: MaskRuns) => boolean} */
function sameRuns(a, b) {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

/** @type {(count: number) => {message: string, hint: string}} */
const goneNotice = (count) => ({
  message: plural(count, 'nothing was left of the object', 'nothing was left of {count} objects'),
  hint: phrase('Ctrl+Z brings it back'),
});

const NOTHING_TO_ERASE = {
  message: phrase('there must be an object to erase from, got none'),
  hint: phrase('select one first (V)'),
};

const UNANSWERED = { message: phrase('the mask is still being computed'), hint: phrase('draw when it is shown') };
