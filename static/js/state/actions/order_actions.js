/** Which objects lie above others. */

/** @import {Action} from '../state_types.js' */
/** @import {OrderMove} from '../z_order.js' */

import { moved } from '../z_order.js';
import { stepOnCurrent } from './document_edits.js';

/**
 * Move objects up or down among the others.
 *
 * @param {readonly string[]} keys the objects
 * @param {OrderMove} move where to
 * @returns {Action} one step; none when they lie there already
 */
export function orderObjects(keys, move) {
  return stepOnCurrent((content) => {
    const objects = moved(content.objects, new Set(keys), move);
    return objects === content.objects ? content : { ...content, objects };
  });
}
