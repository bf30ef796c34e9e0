import { describe, expect, it } from 'vitest';
import { canvasPoint, imagePoint } from '../../../static/js/geometry/point.js';
import { combineRuns } from '../../../static/js/masks/mask_algebra.js';
import { createOutlineEditing } from '../../../static/js/services/outline_editing.js';
import { createShapeEditing } from '../../../static/js/services/shape_editing.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { setViewport } from '../../../static/js/state/actions/view_actions.js';
import { keptObjects, openDraft, openOutline, shownCandidate } from '../../../static/js/state/selectors.js';
import { editingBench, objectOf, rectangle } from './editing_bench.js';

const RING = combineRuns(rectangle(10, 10, 20, 20), rectangle(15, 15, 5, 5), 'subtract');

/** @param {Parameters<typeof editingBench>} objects on the open image */
function makeOutlines(...objects) {
  const bench = editingBench(...objects);
  return { ...bench, outlines: createOutlineEditing({ ...bench, editShape: createShapeEditing(bench) }) };
}

describe('outline editing', () => {
  it('opens the outline of a mask and gives the same mask back, its hole included', () => {
    const { store, outlines } = makeOutlines(objectOf('a', RING));
    store.apply(selectObjects(['a']));
    expect(outlines.edit()).toBe(true);
    expect(outlines.phase()).toBe('editing');
    const before = keptObjects(store.get())[0];
    outlines.finish();
    expect(keptObjects(store.get())[0]).toBe(before);
    expect(openOutline(store.get())).toBeNull();
  });

  it('moves, adds and deletes points, each a step, and applies them in one', () => {
    const { store, outlines, object } = makeOutlines(objectOf('a', rectangle(10, 10, 20, 20)));
    store.apply(selectObjects(['a']));
    outlines.edit();
    const corner = openOutline(store.get())?.rings[0].findIndex(({ x, y }) => x === 30 && y === 30) ?? -1;
    const place = /** @type {const} */ ({ kind: 'point', ring: 0 });
    outlines.move({ ...place, index: corner }, imagePoint(50, 30));
    outlines.insert({ kind: 'line', ring: 0, index: 0 }, imagePoint(0, 20));
    expect(openOutline(store.get())?.rings[0]).toHaveLength(5);
    outlines.remove({ ...place, index: 1 });
    outlines.finish();
    // The triangle of 20 x 20 pixels, with the centres on its slope.
    expect(object('a').area).toBe(400 + 210);
    expect(object('a').handEdits).toEqual([{ tool: 'polygon', box: [30, 10, 50, 30] }]);
    store.apply(undoStep());
    expect(openOutline(store.get())).not.toBeNull();
  });

  it('simplifies from the exact outline every time', () => {
    const { store, outlines } = makeOutlines(objectOf('a', RING));
    store.apply(selectObjects(['a']));
    outlines.edit();
    outlines.simplify(8);
    expect(openOutline(store.get())?.rings).toHaveLength(1);
    outlines.simplify(0);
    expect(openOutline(store.get())?.rings).toHaveLength(2);
    expect(outlines.drop()).toBe(true);
    expect(outlines.drop()).toBe(false);
    outlines.simplify(1);
    expect(openOutline(store.get())).toBeNull();
  });

  it('edits the open object before the selected one', () => {
    const { store, making, outlines } = makeOutlines();
    createShapeEditing({ store, making })(RING, { erases: false, tool: 'brush' });
    outlines.edit();
    expect(openOutline(store.get())?.key).toBeNull();
    outlines.simplify(8);
    outlines.finish();
    expect(shownCandidate(openDraft(store.get()))?.area).toBe(400);
  });

  it('says what is missing, and drops a line that encloses nothing', () => {
    const { store, outlines, notices } = makeOutlines();
    expect(outlines.edit()).toBe(false);
    expect(outlines.finish()).toBe(false);
    outlines.add(imagePoint(5, 5), false);
    expect(outlines.finish()).toBe(true);
    expect(openOutline(store.get())).toBeNull();
    expect(notices()).toHaveLength(2);
  });

  it('finds points before lines, equally near at any zoom', () => {
    const { store, outlines } = makeOutlines();
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
    ]) {
      outlines.add(imagePoint(x, y), false);
    }
    expect(outlines.placeAt(canvasPoint(100, 100))).toBeNull();
    store.apply(setViewport({ scale: 10, offsetX: 0, offsetY: 0 }));
    expect(outlines.placeAt(canvasPoint(105, 103))).toEqual({ kind: 'point', ring: 0, index: 0 });
    expect(outlines.placeAt(canvasPoint(200, 105))).toEqual({ kind: 'line', ring: 0, index: 0 });
    expect(outlines.placeAt(canvasPoint(200, 120))).toBeNull();
  });
});
