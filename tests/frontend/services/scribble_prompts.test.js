import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { scribbleCommands } from '../../../static/js/services/scribble_prompts.js';
import { undoStep } from '../../../static/js/state/actions/history_actions.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { clickAndAnswer, storeWithImages } from '../session_builders.js';

/** @type {(...places: [number, number][]) => import('../../../static/js/types.js').ImagePoint[]} */
const places = (...pairs) => pairs.map(([x, y]) => imagePoint(x, y));

describe('scribbles', () => {
  it('become a few clicks along them, as one step', () => {
    const store = storeWithImages();
    clickAndAnswer(store);
    const before = openDraft(store.get());
    scribbleCommands(store).promptLine(places([10, 40], [90, 40], [300, 40]), 0);
    const draft = openDraft(store.get());
    // What lies beside the image counts for nothing; five clicks are enough for a line of any length.
    expect(draft?.points.slice(1).map(({ x, y, label }) => [x, y, label])).toEqual(
      [18, 34, 50, 66, 82].map((x) => [x, 40, 0]),
    );
    expect(draft).toMatchObject({ answered: false, previousLogits: before?.candidates[0].logits });
    store.apply(undoStep());
    expect(openDraft(store.get())).toBe(before);
  });

  it('around an object become a box and clicks inside it', () => {
    const store = storeWithImages();
    scribbleCommands(store).promptLoop(places([10, 10], [41, 10], [41, 21], [10, 21]));
    const draft = openDraft(store.get());
    expect(draft?.box).toEqual([10, 10, 41, 21]);
    expect(draft?.points.length).toBeGreaterThan(1);
    for (const { x, y, label } of draft?.points ?? []) {
      expect([label, y, x > 12 && x < 39]).toEqual([1, 15.5, true]);
    }
  });

  it('beside the image, or around nothing, ask nothing', () => {
    const store = storeWithImages();
    const { promptLine, promptLoop, previewLine } = scribbleCommands(store);
    promptLine(places([-5, 5], [300, 5]), 1);
    promptLoop(places([10, 10], [10, 10], [10, 10]));
    expect(openDraft(store.get())).toBeNull();
    previewLine(places([1, 1], [2, 2]));
    expect(store.get().preview?.line).toHaveLength(2);
    previewLine(null);
    expect(store.get().preview).toBeNull();
  });
});
