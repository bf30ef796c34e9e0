/** Kept masks put together and taken apart. */

/** @import {HandTool, MaskRuns} from '../types.js' */
/** @import {KeptObject, SessionStore} from '../state/state_types.js' */
/** @import {MaskMaking} from './mask_making.js' */

import { combineRuns, fillHoles, joinRuns, removeIslands, splitRuns } from '../masks/mask_algebra.js';
import { cachedRuns } from '../masks/run_cache.js';
import { editDraft, replaceObjects } from '../state/actions/edit_actions.js';
import { selectObjects } from '../state/actions/selection_actions.js';
import { openDraft, shownCandidate } from '../state/selectors.js';
import { freeSelection, tell } from './free_selection.js';
import { phrase } from '../texts/texts.js';

/** @typedef {'union' | 'subtract' | 'intersect'} Combination */

/**
 * @typedef {object} ObjectCombining
 * @property {(operation: Combination) => boolean} combine changes the object that was selected first by the others
 * @property {() => boolean} split makes an object of each part of the selected ones
 * @property {(largest?: number) => boolean} fillHoles fills holes of up to that many pixels in the open object, else in
 *   the selected ones; all without a number
 * @property {(largest?: number) => boolean} removeIslands removes parts of up to that many pixels there; all but the
 *   largest part without a number
 */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {MaskMaking} parts.making makes objects of masks
 * @param {() => string} parts.newKey makes the key of a new object
 * @returns {ObjectCombining} the service; every change is one step, false means that there was none
 */
export function createObjectCombining({ store, making, newKey }) {
  const eachMask = createMaskChange({ store, making });
  return {
    combine(operation) {
      const objects = freeSelection(store);
      const first = objects.find(({ key }) => key === store.get().selectedKeys[0]) ?? objects[0];
      const others = objects.filter((object) => object !== first);
      if (others.length === 0) return tell(store, TWO_NEEDED);
      const remade = making.remade(first, combined(first, others, operation), { tool: operation });
      if (!remade) return tell(store, NOTHING_LEFT);
      /** @type {Map<string, KeptObject[]>} */
      const changed = new Map([[first.key, [remade]]]);
      // What was united or intersected is in the result; what was taken away stays an object of its own.
      if (operation !== 'subtract') for (const { key } of others) changed.set(key, []);
      store.apply(replaceObjects(changed));
      store.apply(selectObjects([first.key]));
      return true;
    },
    split() {
      /** @type {Map<string, KeptObject[]>} */
      const changed = new Map();
      for (const object of freeSelection(store)) {
        const parts = splitRuns(cachedRuns(object.rle), making.size());
        if (parts.length < 2) continue;
        const remade = parts.flatMap((runs) => making.remade(object, runs, { tool: 'split' }) ?? []);
        changed.set(object.key, [remade[0], ...remade.slice(1).map((part) => ({ ...part, key: newKey() }))]);
      }
      if (changed.size === 0) return tell(store, PARTS_NEEDED);
      store.apply(replaceObjects(changed));
      store.apply(selectObjects([...changed.values()].flat().map(({ key }) => key)));
      return true;
    },
    fillHoles: (largest) => eachMask('fill_holes', (runs) => fillHoles(runs, making.size(), largest)),
    removeIslands: (largest) => eachMask('remove_islands', (runs) => removeIslands(runs, making.size(), largest)),
  };
}

/**
 * @param {{store: SessionStore, making: MaskMaking}} parts what it works with
 * @returns {(tool: HandTool, change: (runs: MaskRuns) => MaskRuns) => boolean} changes the mask of the open object, else
 *   those of the selected ones
 */
function createMaskChange({ store, making }) {
  return (tool, change) => {
    const draft = openDraft(store.get());
    const shown = draft?.answered ? shownCandidate(draft) : null;
    if (shown) {
      const before = cachedRuns(shown.rle);
      const after = change(before);
      const shape = combineRuns(before, after, 'exclude');
      if (shape.length > 0) store.apply(editDraft(making.candidate(after), { tool, box: making.boxOf(shape) }));
      return shape.length > 0;
    }
    /** @type {Map<string, KeptObject[]>} */
    const changed = new Map();
    for (const object of freeSelection(store)) {
      const before = cachedRuns(object.rle);
      const after = change(before);
      const shape = combineRuns(before, after, 'exclude');
      const remade = shape.length > 0 && making.remade(object, after, { tool, shape });
      if (remade) changed.set(object.key, [remade]);
    }
    store.apply(replaceObjects(changed));
    return changed.size > 0;
  };
}

/** @type {(first: KeptObject, others: KeptObject[], operation: Combination) => MaskRuns} */
function combined(first, others, operation) {
  const masks = others.map((object) => cachedRuns(object.rle));
  const before = cachedRuns(first.rle);
  if (operation !== 'intersect') return combineRuns(before, joinRuns(masks), operation);
  return masks.reduce((left, mask) => combineRuns(left, mask, 'intersect'), before);
}

const TWO_NEEDED = {
  message: phrase('two objects must be selected at least'),
  hint: phrase('hold Shift and click another one with the select tool (V)'),
};

const NOTHING_LEFT = { message: phrase('nothing would be left of the object'), hint: phrase('nothing was changed') };

const PARTS_NEEDED = {
  message: phrase('a selected object must have two parts or more to be split'),
  hint: phrase('draw a gap with the eraser (E) first'),
};
