/** Outlines that are drawn or edited point by point: every point is a step, and so is their turning into a mask. */

/** @import {Action, ImagePoint, Outline, Ring} from '../state_types.js' */

import { stepOnCurrent } from './document_edits.js';

/**
 * Add a point to the outline that is being drawn, or begin one.
 *
 * @param {ImagePoint} point in image pixels
 * @param {boolean} erases what the whole outline does; only the first point says it
 * @returns {Action} one step
 */
export function addOutlinePoint(point, erases) {
  return stepOnCurrent((content) => {
    const outline = content.outline ?? { ...NEW_OUTLINE, erases };
    if (!outline.open) return content;
    return { ...content, outline: { ...outline, rings: [[...outline.rings[0], point]] } };
  });
}

/**
 * Replace a ring of the outline; a ring with fewer than three points vanishes, and with the last ring the outline.
 *
 * @param {number} index which ring
 * @param {Ring} ring its points
 * @returns {Action} one step
 */
export function setOutlineRing(index, ring) {
  return stepOnCurrent((content) => {
    const { outline } = content;
    if (!outline) return content;
    const rings = outline.rings.map((old, at) => (at === index ? ring : old));
    const left = outline.open ? rings.filter(({ length }) => length > 0) : rings.filter(({ length }) => length > 2);
    return { ...content, outline: left.length > 0 ? { ...outline, rings: left } : null };
  });
}

/**
 * Open the outline of a mask, or the same outline simplified otherwise.
 *
 * @param {Outline | null} outline null drops the outline
 * @returns {Action} one step
 */
export function setOutline(outline) {
  return stepOnCurrent((content) => ((content.outline ?? null) === outline ? content : { ...content, outline }));
}

/** @type {Outline} */
const NEW_OUTLINE = { rings: [[]], open: true, erases: false, exact: null, tolerance: 0, key: null };
