/** What hands did to masks, kept with them: which tool, and where. */

/** @import {BoxXyxy, ExactMask, HandEdit, KeptObject} from './state_types.js' */

import { boxesOverlap } from '../geometry/box.js';

/** More are summed up, oldest first, so that an object that was painted all day stays small. */
const MOST_EDITS = 100;

/**
 * Add an edit. Strokes of one tool on one place are one edit.
 *
 * @param {readonly HandEdit[]} edits what was done before
 * @param {HandEdit} edit what is done now
 * @returns {readonly HandEdit[]} oldest first
 */
export function withHandEdit(edits, edit) {
  const last = edits.at(-1);
  if (last?.tool === edit.tool && boxesOverlap(last.box, edit.box)) {
    return [...edits.slice(0, -1), { tool: edit.tool, box: around(last.box, edit.box) }];
  }
  const all = [...edits, edit];
  if (all.length <= MOST_EDITS) return all;
  const [first, second, ...others] = all;
  return [{ tool: second.tool, box: around(first.box, second.box) }, ...others];
}

/**
 * Give a kept object another mask. Its logits belong to the old one, so the next refinement starts from the mask.
 *
 * @param {KeptObject} object the object
 * @param {Omit<ExactMask, 'contours'>} mask what it should be
 * @param {HandEdit} edit what was done
 * @returns {KeptObject} the same object with that mask
 */
export function withMask(object, { rle, area, bbox }, edit) {
  return {
    ...object,
    rle,
    area,
    bbox,
    logits: null,
    hasLogits: false,
    handEdits: withHandEdit(object.handEdits, edit),
  };
}

/** @type {(a: BoxXyxy, b: BoxXyxy) => BoxXyxy} */
function around(a, b) {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}
