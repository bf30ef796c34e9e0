import { describe, expect, it } from 'vitest';
import { createMaskMaking } from '../../../static/js/services/mask_making.js';
import { drawingCommands } from '../../../static/js/services/drawing_commands.js';
import { createObjectEditing } from '../../../static/js/services/object_editing.js';
import { createOutlineEditing } from '../../../static/js/services/outline_editing.js';
import { createShapeEditing } from '../../../static/js/services/shape_editing.js';
import { createToolCommands } from '../../../static/js/services/tool_commands.js';
import { createViewControl } from '../../../static/js/services/view_control.js';
import { redoStep, undoStep } from '../../../static/js/state/actions/history_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { chooseTool } from '../../../static/js/state/actions/view_actions.js';
import { currentDocument } from '../../../static/js/state/selectors.js';
import { createToolDriver } from '../../../static/js/tools/tool_driver.js';
import { createToolRegistry } from '../../../static/js/tools/tool_registry.js';
import { canvasToImage } from '../../../static/js/geometry/viewport.js';
import { canvasPoint } from '../../../static/js/geometry/point.js';
import { seededRandom } from '../random.js';
import { answer, makeCandidate } from '../session_builders.js';
import { MODEL, editingBench, objectOf, rectangle } from '../services/editing_bench.js';
import { toolEvent } from './tool_bench.js';

/** @import {ToolName} from '../../../static/js/state/state_types.js' */

const CANVAS = { width: 200, height: 160 };

/** A real session with two objects, and every tool on it; only the model and the server are missing. */
function handBench() {
  const { store, newKey } = editingBench(
    objectOf('a', rectangle(5, 5, 30, 30)),
    objectOf('b', rectangle(50, 20, 30, 40)),
  );
  const view = createViewControl(store);
  view.resize(CANVAS);
  const making = createMaskMaking({ store, model: () => MODEL, putContours: () => {} });
  const editShape = createShapeEditing({ store, making });
  const outlines = createOutlineEditing({ store, making, editShape });
  const drawing = drawingCommands({ store, making, editShape, outlines });
  const objects = createObjectEditing({ store, making, newKey });
  const opening = { open: async () => {}, objectAt: () => null };
  const nothing = /** @type {never} */ ({ hoverAt: () => false, take: async () => {}, reject: () => {} });
  const commands = createToolCommands({ store, view, opening, objects, drawing, proposals: nothing, refine: () => {} });
  const tools = createToolRegistry(commands);
  const driver = createToolDriver(tools, () => store.get().tool);
  return { store, tools, driver };
}

const NAMES = /** @type {ToolName[]} */ (Object.keys(handBench().tools));

// Where things happen, at random: presses with any button and key, moves, and how they end.
function gestures(/** @type {number} */ seed) {
  const random = seededRandom(seed);
  const any = (/** @type {number} */ below) => Math.floor(random() * below);
  return { random, any, place: () => [any(CANVAS.width), any(CANVAS.height)] };
}

/** @type {(bench: ReturnType<typeof handBench>, place: number[], change?: object) => ReturnType<typeof toolEvent>} */
function eventAt({ store }, [x, y], change = {}) {
  const { viewport } = store.get();
  if (!viewport) throw new Error('the view must be laid out');
  return toolEvent(x, y, { image: canvasToImage(viewport, canvasPoint(x, y)), ...change });
}

// Presses and moves; the gesture is not ended.
function begin(
  /** @type {ReturnType<typeof handBench>} */ bench,
  /** @type {ReturnType<typeof gestures>} */ { any, place },
) {
  const modifiers = { alt: any(4) === 0, shift: any(4) === 0, ctrl: false };
  const change = { button: any(3) === 0 ? 2 : 0, modifiers };
  bench.driver.press(eventAt(bench, place(), change));
  let last = place();
  for (let step = any(6); step > 0; step -= 1) bench.driver.move(eventAt(bench, (last = place()), change));
  return () => bench.driver.release(eventAt(bench, last, change));
}

// The model answers whatever was asked.
function answerAll(/** @type {ReturnType<typeof handBench>} */ { store }) {
  if (currentDocument(store.get()).content.draft?.answered === false) answer(store, [makeCandidate()]);
}

describe.each(NAMES)('the %s tool', (name) => {
  it('leaves nothing behind when its gesture is cancelled or interrupted', () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const bench = handBench();
      bench.store.apply(chooseTool(name));
      const hand = gestures(seed);
      if (hand.any(2)) bench.store.apply(selectObjects(['a']));
      const before = currentDocument(bench.store.get());
      const end = begin(bench, hand);
      const steps = currentDocument(bench.store.get());
      if (hand.any(2)) bench.driver.cancel();
      else bench.driver.interrupt();
      end();
      expect(bench.store.get().preview).toBeNull();
      expect(bench.store.get().measure).toBeNull();
      // A polygon makes its step with the press: that one stays, and undo takes it back.
      expect(currentDocument(bench.store.get())).toBe(steps);
      if (name !== 'polygon') expect(steps).toBe(before);
      while (currentDocument(bench.store.get()).past.length > 0) bench.store.apply(undoStep());
      expect(currentDocument(bench.store.get()).content).toBe(before.content);
    }
  });

  it('makes at most one step of a gesture, and all of them are taken back and done again', () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const bench = handBench();
      const { store } = bench;
      store.apply(chooseTool(name));
      const hand = gestures(100 + seed);
      if (hand.any(2)) store.apply(selectObjects(['b']));
      const states = [currentDocument(store.get()).content];
      for (let gesture = 0; gesture < 8; gesture += 1) {
        const { past } = currentDocument(store.get());
        begin(bench, hand)();
        answerAll(bench);
        const after = currentDocument(store.get());
        expect(after.past.length - past.length).toBeLessThanOrEqual(1);
        if (after.past.length > past.length) states.push(after.content);
      }
      for (const state of [...states].reverse()) {
        expect(currentDocument(store.get()).content).toBe(state);
        store.apply(undoStep());
      }
      for (const state of states) {
        expect(currentDocument(store.get()).content).toBe(state);
        store.apply(redoStep());
      }
    }
  });
});
