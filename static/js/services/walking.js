/** Looking at one object after the other. */

/** @import {BoxXyxy} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */
/** @import {ViewControl} from './view_control.js' */

import { boxAround, boxFromXywh } from '../geometry/box.js';
import { selectObjects } from '../state/actions/selection_actions.js';
import { toggleSolo } from '../state/actions/view_actions.js';
import { keptObjects, openDraft, selectedObjects, shownCandidate } from '../state/selectors.js';

/**
 * Make the commands.
 *
 * @param {object} parts what they work with
 * @param {SessionStore} parts.store the session
 * @param {Pick<ViewControl, 'showBox'>} parts.view the viewport
 * @returns {{zoomToObject: () => boolean, walkObjects: (step: 1 | -1) => boolean, toggleSolo: () => void}} the commands by
 *   name: shows the open object, else the selected ones, large; selects the next or previous object and shows it; shows
 *   only the selected objects, or all again
 */
export function walkingCommands({ store, view }) {
  /** @type {() => BoxXyxy | null} */
  const lookedAt = () => {
    const shown = shownCandidate(openDraft(store.get()));
    if (shown?.area) return boxFromXywh(shown.bbox);
    return boxAround(selectedObjects(store.get()).map(({ bbox }) => boxFromXywh(bbox)));
  };
  const zoomToObject = () => {
    const box = lookedAt();
    if (box) view.showBox(box);
    return box !== null;
  };
  return {
    zoomToObject,
    walkObjects(step) {
      const { hiddenKeys, selectedKeys } = store.get();
      const objects = keptObjects(store.get()).filter(({ key }) => !hiddenKeys[key]);
      if (objects.length === 0) return false;
      const last = objects.findIndex(({ key }) => key === selectedKeys.at(-1));
      const next = last < 0 && step < 0 ? objects.length - 1 : (last + step + objects.length) % objects.length;
      store.apply(selectObjects([objects[next].key]));
      return openDraft(store.get()) !== null || zoomToObject();
    },
    toggleSolo: () => store.apply(toggleSolo()),
  };
}
