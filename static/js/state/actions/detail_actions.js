/** What people say about objects beside their class. */

/** @import {Action, ObjectDetails} from '../state_types.js' */

import { withDetails } from '../object_details.js';
import { stepOnCurrent } from './document_edits.js';

/**
 * Change the details of objects.
 *
 * @param {readonly string[]} keys the objects
 * @param {Partial<ObjectDetails>} change the parts that change; attributes are changed one by one
 * @returns {Action} one step; none when nothing changes
 */
export function changeDetails(keys, change) {
  const chosen = new Set(keys);
  return stepOnCurrent((content) => {
    const objects = content.objects.map((object) => {
      const details = chosen.has(object.key) ? withDetails(object.details, change) : object.details;
      return details === object.details ? object : { ...object, details };
    });
    return objects.some((object, index) => object !== content.objects[index]) ? { ...content, objects } : content;
  });
}

/**
 * Give objects another class.
 *
 * @param {readonly string[]} keys the objects
 * @param {number} categoryId their new class
 * @returns {Action} one step; none when nothing changes
 */
export function setCategoryOf(keys, categoryId) {
  const chosen = new Set(keys);
  return stepOnCurrent((content) => {
    const changes = content.objects.some((object) => chosen.has(object.key) && object.categoryId !== categoryId);
    if (!changes) return content;
    const objects = content.objects.map((object) => (chosen.has(object.key) ? { ...object, categoryId } : object));
    return { ...content, objects };
  });
}
