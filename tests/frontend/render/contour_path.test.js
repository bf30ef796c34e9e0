import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addRings, pathOf } from '../../../static/js/render/contour_path.js';
import { SQUARE } from '../session_builders.js';
import { FakePath } from './fake_canvas.js';

beforeEach(() => void vi.stubGlobal('Path2D', FakePath));
afterEach(() => vi.unstubAllGlobals());

describe('contour path', () => {
  it('draws each ring and closes it', () => {
    const path = new FakePath();
    addRings(path, {
      points: Int32Array.from([0, 0, 4, 0, 4, 4, 1, 1, 2, 1, 2, 2]),
      ringStarts: Int32Array.from([0, 3]),
    });
    expect(path.steps).toEqual([
      ['move', 0, 0],
      ['line', 4, 0],
      ['line', 4, 4],
      ['close'],
      ['move', 1, 1],
      ['line', 2, 1],
      ['line', 2, 2],
      ['close'],
    ]);
  });

  it('draws nothing for an empty mask', () => {
    const path = new FakePath();
    addRings(path, { points: new Int32Array(0), ringStarts: new Int32Array(0) });
    expect(path.steps).toEqual([]);
  });

  it('makes each path once', () => {
    expect(pathOf(SQUARE)).toBe(pathOf(SQUARE));
    expect(pathOf({ ...SQUARE })).not.toBe(pathOf(SQUARE));
  });
});
