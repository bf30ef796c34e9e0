/** What can be done to whole objects. */

/** @import {Size} from '../types.js' */
/** @import {KeptObject, SessionStore, Shift} from '../state/state_types.js' */
/** @import {MaskMaking} from './mask_making.js' */
/** @import {ObjectCombining} from './object_combining.js' */

import { isOnImage } from '../geometry/point.js';
import { shiftRuns } from '../masks/mask_runs.js';
import { cachedRuns } from '../masks/run_cache.js';
import { replaceObjects } from '../state/actions/edit_actions.js';
import { selectObjects } from '../state/actions/selection_actions.js';
import { freeSelection, tell } from './free_selection.js';
import { BESIDE, createObjectClipboard } from './object_clipboard.js';
import { createObjectCombining } from './object_combining.js';

/**
 * @typedef {object} WholeObjects
 * @property {(by: Shift) => boolean} move moves the selected objects; what leaves the image is cut off
 * @property {() => boolean} remove deletes the selected objects
 */

/** @typedef {WholeObjects & ObjectCombining & ReturnType<typeof createObjectClipboard>} ObjectEditing */

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {MaskMaking} parts.making makes objects of masks
 * @param {() => string} parts.newKey makes the key of a new object
 * @returns {ObjectEditing} the service; every change is one step, false means that there was none
 */
export function createObjectEditing({ store, making, newKey }) {
  return {
    ...createObjectClipboard({ store, making, newKey }),
    ...createObjectCombining({ store, making, newKey }),
    move(by) {
      if (by.dx === 0 && by.dy === 0) return false;
      /** @type {Map<string, KeptObject[]>} */
      const moved = new Map();
      for (const object of freeSelection(store)) {
        const runs = shiftRuns(cachedRuns(object.rle), by, making.size());
        const remade = making.remade(object, runs, { tool: 'move' });
        if (!remade) return tell(store, BESIDE);
        moved.set(object.key, [{ ...remade, prompts: movedPrompts(object, by, making.size()) }]);
      }
      store.apply(replaceObjects(moved));
      return moved.size > 0;
    },
    remove() {
      const objects = freeSelection(store);
      store.apply(replaceObjects(new Map(objects.map(({ key }) => [key, []]))));
      store.apply(selectObjects([]));
      return objects.length > 0;
    },
  };
}

/** @type {(object: KeptObject, by: Shift, size: Size) => KeptObject['prompts']} */
function movedPrompts({ prompts: { points, box } }, { dx, dy }, size) {
  const moved = points.map((point) => ({ ...point, x: point.x + dx, y: point.y + dy }));
  return {
    points: moved.filter((point) => isOnImage(point, size)),
    box: box && [box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy],
  };
}
