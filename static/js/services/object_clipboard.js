/** Copies of kept objects, on the same image or another one. */

/** @import {Size} from '../types.js' */
/** @import {KeptObject, SessionStore} from '../state/state_types.js' */
/** @import {MaskMaking} from './mask_making.js' */

import { shiftRuns } from '../masks/mask_runs.js';
import { cachedRuns } from '../masks/run_cache.js';
import { replaceObjects } from '../state/actions/edit_actions.js';
import { selectObjects, setClipboard } from '../state/actions/selection_actions.js';
import { selectedObjects } from '../state/selectors.js';
import { tell } from './free_selection.js';
import { phrase } from '../texts/texts.js';

/** How far a copy lies from its original on the same image, in image pixels. */
const PASTE_OFFSET = 12;

/**
 * Make the service.
 *
 * @param {object} parts what it works with
 * @param {SessionStore} parts.store the session
 * @param {MaskMaking} parts.making makes objects of masks
 * @param {() => string} parts.newKey makes the key of a new object
 * @returns {{copy: () => boolean, paste: () => boolean}} remembers the selected objects; puts copies onto the open image
 */
export function createObjectClipboard({ store, making, newKey }) {
  /** @type {(object: KeptObject, offset: number) => KeptObject[]} none when it would lie beside the image */
  const copyOf = (object, offset) => {
    const runs = shiftRuns(cachedRuns(object.rle), { dx: offset, dy: offset }, sizeOf(object), making.size());
    const remade = making.remade(object, runs, { tool: 'paste' });
    return remade ? [{ ...remade, key: newKey(), prompts: { points: [], box: null } }] : [];
  };

  return {
    copy() {
      const { currentImageId: imageId } = store.get();
      const objects = selectedObjects(store.get());
      if (imageId === null || objects.length === 0) return false;
      store.apply(setClipboard({ imageId, objects }));
      return true;
    },
    paste() {
      const { clipboard, currentImageId } = store.get();
      if (!clipboard || currentImageId === null) return false;
      const offset = clipboard.imageId === currentImageId ? PASTE_OFFSET : 0;
      const pasted = clipboard.objects.flatMap((object) => copyOf(object, offset));
      store.apply(replaceObjects(new Map(), pasted));
      store.apply(selectObjects(pasted.map(({ key }) => key)));
      // The next copy goes on from this one.
      if (offset > 0 && pasted.length > 0) store.apply(setClipboard({ imageId: currentImageId, objects: pasted }));
      if (pasted.length < clipboard.objects.length) tell(store, BESIDE);
      else if (areaOf(pasted) < areaOf(clipboard.objects)) tell(store, CUT);
      return true;
    },
  };
}

/** @type {(object: KeptObject) => Size} */
const sizeOf = ({ rle: { size } }) => ({ height: size[0], width: size[1] });

/** @type {(objects: readonly KeptObject[]) => number} */
const areaOf = (objects) => objects.reduce((sum, { area }) => sum + area, 0);

/** Why an object is not put where nothing of it would be seen. */
export const BESIDE = {
  message: phrase('an object must have a pixel on the image, got one that would lie beside it'),
  hint: phrase('it was left out'),
};

const CUT = { message: phrase('what lay beyond the border was cut off'), hint: phrase('Ctrl+Z takes it back') };
