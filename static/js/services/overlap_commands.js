/** What keys and controls can do about objects that want the same pixels, by name. */

/** @import {BoxXyxy} from '../types.js' */
/** @import {KeptObject, OverlapPolicy, SessionStore} from '../state/state_types.js' */
/** @import {ProjectBook} from './project_book.js' */
/** @import {ViewControl} from './view_control.js' */

import { boxAround, boxFromXywh } from '../geometry/box.js';
import { cachedRuns } from '../masks/run_cache.js';
import { replaceObjects } from '../state/actions/edit_actions.js';
import { setTakesPixels } from '../state/actions/overlap_actions.js';
import { selectObjects } from '../state/actions/selection_actions.js';
import { overlappingPairs, without } from '../state/overlap.js';
import { keptObjects, projectOf } from '../state/selectors.js';
import { freeSelection, tell } from './free_selection.js';
import { phrase } from '../texts/texts.js';

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {Pick<ViewControl, 'showBox'>} parts.view the viewport
 * @param {Pick<ProjectBook, 'setOverlap'>} parts.projects keeps the policy
 * @returns {{toggleTakesPixels: () => void, setOverlapPolicy: (policy: OverlapPolicy) => Promise<boolean>,
 *   nextOverlap: () => boolean, settleOverlap: () => boolean}} the commands by name: the switch; the policy of the
 *   project; shows the next two objects that share pixels; gives shared pixels to the object that was selected first, without a selection to the ones on top
 */
export function overlapCommands({ store, view, projects }) {
  return {
    toggleTakesPixels: () => store.apply(setTakesPixels(!store.get().takesPixels)),
    setOverlapPolicy: (policy) => projects.setOverlap(projectOf(store.get()), policy),
    nextOverlap() {
      const { selectedKeys } = store.get();
      const pairs = overlappingPairs(keptObjects(store.get()));
      if (pairs.length === 0) return tell(store, NO_OVERLAP);
      const last = pairs.findIndex((pair) => pair.every((key) => selectedKeys.includes(key)));
      const pair = pairs[(last + 1) % pairs.length];
      const objects = keptObjects(store.get()).filter(({ key }) => pair.includes(key));
      store.apply(selectObjects(pair));
      view.showBox(/** @type {BoxXyxy} */ (boxAround(objects.map(({ bbox }) => boxFromXywh(bbox)))));
      return true;
    },
    settleOverlap() {
      const { selectedKeys, lockedKeys } = store.get();
      const objects = keptObjects(store.get());
      if (selectedKeys.length === 0) return settleAll(store);
      const first = objects.find(({ key }) => key === selectedKeys[0]);
      if (!first || freeSelection(store).length === 0) return tell(store, ONE_NEEDED);
      /** @type {Map<string, KeptObject[]>} */
      const changed = new Map();
      for (const [left, right] of overlappingPairs(objects)) {
        const key = left === first.key ? right : right === first.key ? left : null;
        const other = objects.find((object) => object.key === key);
        if (!other || lockedKeys[other.key]) continue;
        const rest = without(other, cachedRuns(first.rle));
        changed.set(other.key, rest ? [rest] : []);
      }
      if (changed.size === 0) return tell(store, NO_OVERLAP);
      store.apply(replaceObjects(changed));
      return true;
    },
  };
}

/**
 * Give all shared pixels to the objects on top; locked ones lose nothing.
 *
 * @param {SessionStore} store the session
 * @returns {boolean} false when there was nothing to give
 */
function settleAll(store) {
  const { lockedKeys } = store.get();
  const objects = keptObjects(store.get());
  const heights = new Map(objects.map(({ key }, height) => [key, height]));
  const heightOf = (/** @type {string} */ key) => heights.get(key) ?? 0;
  /** @type {Map<string, KeptObject | null>} */
  const changed = new Map();
  for (const pair of overlappingPairs(objects)) {
    const [lower, upper] = [...pair].sort((a, b) => heightOf(a) - heightOf(b));
    const present = changed.has(lower) ? changed.get(lower) : objects[heightOf(lower)];
    if (present && !lockedKeys[lower]) changed.set(lower, without(present, cachedRuns(objects[heightOf(upper)].rle)));
  }
  if (changed.size === 0) return tell(store, NO_OVERLAP);
  store.apply(replaceObjects(new Map([...changed].map(([key, rest]) => [key, rest ? [rest] : []]))));
  return true;
}

const NO_OVERLAP = { message: phrase('no two objects share pixels'), hint: '' };

const ONE_NEEDED = {
  message: phrase('the object that gets the shared pixels must be selected first'),
  hint: phrase('click it with the select tool (V)'),
};
