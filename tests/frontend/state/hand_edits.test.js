import { describe, expect, it } from 'vitest';
import { withHandEdit, withMask } from '../../../static/js/state/hand_edits.js';
import { makeObject, makeRle } from '../session_builders.js';

/** @import {HandEdit} from '../../../static/js/types.js' */

describe('hand edits', () => {
  it('join strokes of one tool on one place', () => {
    /** @type {readonly HandEdit[]} */
    let edits = withHandEdit([], { tool: 'brush', box: [0, 0, 5, 5] });
    edits = withHandEdit(edits, { tool: 'brush', box: [4, 4, 9, 9] });
    edits = withHandEdit(edits, { tool: 'eraser', box: [4, 4, 9, 9] });
    edits = withHandEdit(edits, { tool: 'eraser', box: [40, 40, 41, 41] });
    expect(edits).toEqual([
      { tool: 'brush', box: [0, 0, 9, 9] },
      { tool: 'eraser', box: [4, 4, 9, 9] },
      { tool: 'eraser', box: [40, 40, 41, 41] },
    ]);
  });

  it('sum the oldest up, so that they stay few and still cover everything', () => {
    /** @type {readonly HandEdit[]} */
    let edits = [];
    for (let at = 0; at < 300; at += 1) edits = withHandEdit(edits, { tool: 'brush', box: [9 * at, 0, 9 * at + 1, 1] });
    expect(edits).toHaveLength(100);
    expect(edits[0].box).toEqual([0, 0, 9 * 200 + 1, 1]);
  });

  it('drop the logits of the mask that was', () => {
    const edit = /** @type {const} */ ({ tool: 'move', box: [0, 0, 1, 1] });
    const object = withMask(makeObject('a'), { rle: makeRle('x'), area: 1, bbox: [0, 0, 1, 1] }, edit);
    expect(object).toMatchObject({ key: 'a', area: 1, logits: null, hasLogits: false, handEdits: [edit] });
  });
});
