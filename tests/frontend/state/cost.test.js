import { describe, expect, it } from 'vitest';
import { axisTicks, meansOf } from '../../../static/js/state/cost.js';

describe('cost', () => {
  it('divides by the masks that were measured, and by nothing where there is none', () => {
    const sums = {
      object_count: 6,
      image_count: 3,
      measured_count: 4,
      clicks: 8,
      undo_count: 2,
      hand_edits: 0,
      active_ms: 40_000,
    };
    expect(meansOf(sums)).toEqual({ seconds: 10, clicks: 2, undos: 0.5, handEdits: 0, perImage: 2 });
    expect(meansOf({ ...sums, measured_count: 0, image_count: 0 })).toEqual({
      seconds: null,
      clicks: null,
      undos: null,
      handEdits: null,
      perImage: null,
    });
  });

  it.each([0, 0.07, 1, 3.3, 9.99, 10, 123, 100_000])('has round ticks that reach %d', (largest) => {
    const ticks = axisTicks(largest);
    expect(ticks[0]).toBe(0);
    expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(largest);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(6);
  });
});
