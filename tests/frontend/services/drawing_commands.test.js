import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { drawingCommands } from '../../../static/js/services/drawing_commands.js';
import { createOutlineEditing } from '../../../static/js/services/outline_editing.js';
import { createShapeEditing } from '../../../static/js/services/shape_editing.js';
import { openDraft, shownCandidate } from '../../../static/js/state/selectors.js';
import { editingBench } from './editing_bench.js';

const RING = [imagePoint(10, 10), imagePoint(30, 10), imagePoint(30, 20), imagePoint(10, 20)];

function makeCommands() {
  const bench = editingBench();
  const editShape = createShapeEditing(bench);
  const outlines = createOutlineEditing({ ...bench, editShape });
  return { ...bench, commands: drawingCommands({ ...bench, editShape, outlines }) };
}

describe('drawing', () => {
  it('makes masks of lines, strokes and corners', () => {
    const { store, commands } = makeCommands();
    commands.fillRing(RING, false);
    commands.paintStroke([{ x: 20, y: 15, radius: 2 }], true);
    expect(openDraft(store.get())?.handEdits.map(({ tool }) => tool)).toEqual(['lasso', 'eraser']);
    for (const { x, y } of RING) commands.addOutlinePoint(imagePoint(x + 40, y), false);
    expect(commands.outlinePhase()).toBe('drawing');
    commands.finishOutline();
    const area = shownCandidate(openDraft(store.get()))?.area ?? 0;
    expect(area).toBeGreaterThan(2 * 200 - 20);
    expect(area).toBeLessThan(2 * 200);
  });

  it('shows what is being drawn', () => {
    const { store, commands } = makeCommands();
    commands.previewStroke([{ x: 1, y: 2, radius: commands.brushSize() / 2 }], false);
    expect(store.get().preview?.stroke?.points[0].radius).toBe(20);
    commands.previewStroke(null, false);
    commands.previewRing(RING);
    expect(store.get().preview?.ring).toBe(RING);
  });
});
