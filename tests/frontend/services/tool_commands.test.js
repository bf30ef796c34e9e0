import { describe, expect, it, vi } from 'vitest';
import { canvasPoint, imagePoint } from '../../../static/js/geometry/point.js';
import { drawingCommands } from '../../../static/js/services/drawing_commands.js';
import { createMaskMaking } from '../../../static/js/services/mask_making.js';
import { createOutlineEditing } from '../../../static/js/services/outline_editing.js';
import { createShapeEditing } from '../../../static/js/services/shape_editing.js';
import { createToolCommands } from '../../../static/js/services/tool_commands.js';
import { createViewControl } from '../../../static/js/services/view_control.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { toggleLocked } from '../../../static/js/state/actions/selection_actions.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { setViewport } from '../../../static/js/state/actions/view_actions.js';
import { clickAndAnswer, makeObject, storeWithImages } from '../session_builders.js';

/** @param {ReturnType<typeof makeObject> | null} [under] the object under the pointer */
function makeCommands(under = null) {
  const store = storeWithImages();
  const refine = vi.fn();
  const view = createViewControl(store);
  const opening = { open: vi.fn(), objectAt: () => under };
  const objects = { move: vi.fn() };
  const making = createMaskMaking({ store, model: () => null, putContours: () => {} });
  const editShape = createShapeEditing({ store, making });
  const outlines = createOutlineEditing({ store, making, editShape });
  const drawing = drawingCommands({ store, making, editShape, outlines });
  const proposals = {
    propose: vi.fn(),
    cancel: vi.fn(),
    take: vi.fn(),
    takeAll: vi.fn(),
    reject: vi.fn(),
    hoverAt: vi.fn(),
    climb: vi.fn(),
    proposeAll: vi.fn(),
    bringBoxes: vi.fn(),
    cancelAll: vi.fn(),
  };
  const commands = createToolCommands({ store, view, opening, objects, drawing, proposals, refine });
  return { store, refine, objects, proposals, commands };
}

describe('tool commands', () => {
  it('decide about the proposal that stands out', () => {
    const { proposals, commands } = makeCommands();
    commands.hoverProposalAt(imagePoint(3, 4));
    commands.takeProposal();
    commands.rejectProposal();
    expect(proposals.hoverAt).toHaveBeenCalledWith({ x: 3, y: 4 });
    expect(proposals.take).toHaveBeenCalledWith();
    expect(proposals.reject).toHaveBeenCalledWith();
  });

  it('ignore clicks beside the image and cut boxes at its edges', () => {
    const { store, commands } = makeCommands();
    commands.addPoint(imagePoint(-1, 5), 1);
    commands.addPoint(imagePoint(100, 5), 1);
    expect(openDraft(store.get())).toBeNull();
    commands.setBox([-20, 10, 500, 60]);
    expect(openDraft(store.get())?.box).toEqual([0, 10, 100, 60]);
    commands.previewBox([-5, -5, 5, 5]);
    expect(store.get().preview?.box).toEqual([0, 0, 5, 5]);
  });

  it('make nothing of a box that lies beside the image', () => {
    const { store, commands } = makeCommands();
    commands.setBox([150, 10, 190, 60]);
    expect(openDraft(store.get())).toBeNull();
  });

  it('find the click under the pointer at any zoom', () => {
    const { store, commands } = makeCommands();
    clickAndAnswer(store, 20, 20);
    expect(commands.promptPointAt(canvasPoint(200, 200))).toBeNull();
    store.apply(setViewport({ scale: 10, offsetX: 0, offsetY: 0 }));
    expect(commands.promptPointAt(canvasPoint(205, 205))).toBe(0);
    expect(commands.promptPointAt(canvasPoint(230, 200))).toBeNull();
    commands.movePoint(0, imagePoint(900, 10));
    expect(openDraft(store.get())?.points[0].x).toBeLessThan(100);
    commands.removePoint(0);
    expect(openDraft(store.get())).toBeNull();
  });

  it('open the object under the pointer', () => {
    const { refine, commands } = makeCommands(makeObject('a1'));
    expect(commands.refineAt(imagePoint(1, 1))).toBe(true);
    expect(refine).toHaveBeenCalledWith('a1');
    expect(makeCommands().commands.refineAt(imagePoint(1, 1))).toBe(false);
  });

  it('take the first click of a double click back, but not earlier work', () => {
    const { store, refine, commands } = makeCommands(makeObject('a1'));
    clickAndAnswer(store);
    expect(commands.refineAtDoubleClick(imagePoint(15, 25))).toBe(true);
    expect(openDraft(store.get())).toBeNull();
    expect(refine).toHaveBeenCalledOnce();
    clickAndAnswer(store);
    clickAndAnswer(store);
    expect(commands.refineAtDoubleClick(imagePoint(15, 25))).toBe(false);
    expect(openDraft(store.get())?.points).toHaveLength(2);
  });

  it('highlight the object under the pointer', () => {
    const { store, commands } = makeCommands(makeObject('a1'));
    commands.hoverAt(imagePoint(1, 1));
    expect(store.get().hoveredKey).toBe('a1');
    commands.hoverAt(null);
    expect(store.get().hoveredKey).toBeNull();
    expect(commands.pointLabel()).toBe(1);
  });

  it('select under the pointer and in a box, but nothing that is hidden or locked', () => {
    const { store, objects, commands } = makeCommands(makeObject('a1'));
    store.apply(loadObjects(1, [makeObject('a1'), makeObject('a2'), makeObject('a3', { bbox: [70, 70, 5, 5] })]));
    commands.selectAt(imagePoint(1, 1), false);
    expect(commands.isSelectedAt(imagePoint(1, 1))).toBe(true);
    commands.selectAt(imagePoint(1, 1), true);
    expect(store.get().selectedKeys).toEqual([]);
    commands.selectInBox([0, 0, 30, 30]);
    expect(store.get().selectedKeys).toEqual(['a1', 'a2']);
    store.apply(toggleLocked(['a1']));
    commands.selectInBox([0, 0, 100, 80]);
    expect(store.get().selectedKeys).toEqual(['a2', 'a3']);
    commands.moveSelected({ dx: 1, dy: 2 });
    expect(objects.move).toHaveBeenCalledWith({ dx: 1, dy: 2 });
    commands.previewMove({ dx: 1, dy: 2 });
    expect(store.get().preview).toEqual({ move: { dx: 1, dy: 2 } });
    makeCommands().commands.selectAt(imagePoint(1, 1), false);
  });
});
