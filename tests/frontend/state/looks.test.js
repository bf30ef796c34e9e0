import { describe, expect, it } from 'vitest';
import { USUAL_LOOK, gridStep, isPlain, lookOf, transferOf, withLook } from '../../../static/js/state/looks.js';

describe('looks', () => {
  it('belong to a project; another one looks as usual', () => {
    const looks = { 2: { ...USUAL_LOOK, grid: true } };
    expect(lookOf({ looks, projectId: 2 }).grid).toBe(true);
    expect(lookOf({ looks, projectId: 1 })).toBe(USUAL_LOOK);
    expect(lookOf({ looks, projectId: null })).toBe(USUAL_LOOK);
  });

  it('take over what can be used, within its range', () => {
    expect(withLook({ opacity: 7, gamma: 'x', contrast: Number.NaN, grid: 1, minimap: false, other: 3 })).toEqual({
      ...USUAL_LOOK,
      opacity: 1,
      minimap: false,
    });
    expect(withLook(null)).toEqual(USUAL_LOOK);
  });

  it('change light as brightness, then contrast around the middle, then gamma', () => {
    expect(isPlain(USUAL_LOOK)).toBe(true);
    const shown = (/** @type {Partial<typeof USUAL_LOOK>} */ change, /** @type {number} */ value) => {
      const { slope, intercept, exponent } = transferOf({ ...USUAL_LOOK, ...change });
      return (slope * value + intercept) ** exponent;
    };
    expect(shown({}, 0.3)).toBeCloseTo(0.3);
    expect(shown({ brightness: 2 }, 0.3)).toBeCloseTo(0.6);
    expect(shown({ contrast: 3 }, 0.5)).toBeCloseTo(0.5);
    expect(shown({ gamma: 2 }, 0.25)).toBeCloseTo(0.5);
    expect(isPlain({ ...USUAL_LOOK, gamma: 2 })).toBe(false);
  });

  it('lay the lines of the grid at round distances that are neither too near nor too far', () => {
    expect(gridStep(8)).toBe(1);
    for (let scale = 0.01; scale < 8; scale *= 1.1) {
      const step = gridStep(scale);
      expect(step * scale).toBeGreaterThanOrEqual(48 - 1e-9);
      expect(step * scale).toBeLessThan(48 * 2.6);
      expect(['1', '2', '5']).toContain(
        String(Number((step / 10 ** Math.floor(Math.log10(step) + 1e-9)).toPrecision(3))),
      );
    }
  });
});
