import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { patternFill } from '../../../static/js/render/pattern_fill.js';
import { FakePath, fakeContext } from './fake_canvas.js';

/** @type {{width: number, height: number, calls: import('./fake_canvas.js').DrawCall[]}[]} */
let tiles = [];
const setTransform = vi.fn();

beforeEach(() => {
  tiles = [];
  vi.stubGlobal('Path2D', FakePath);
  vi.stubGlobal('document', {
    createElement: () => {
      const { context, calls } = fakeContext();
      const own = new Proxy(context, {
        get: (target, name) => (name === 'createPattern' ? () => ({ setTransform }) : Reflect.get(target, name)),
      });
      const canvas = { width: 0, height: 0, calls, getContext: () => own };
      tiles.push(canvas);
      return canvas;
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

/** @type {(color: string) => import('../../../static/js/render/pattern_fill.js').PatternLook} */
const dotted = (color) => ({ pattern: 'dots', color, opacity: 0.4 });

describe('pattern fill', () => {
  it('is made once for a colour and an opacity, whatever the zoom', () => {
    const first = patternFill(dotted('#111111'), { scale: 1, ratio: 1 });
    expect(patternFill(dotted('#111111'), { scale: 7, ratio: 1 })).toBe(first);
    expect(tiles).toHaveLength(1);
    expect(patternFill(dotted('#222222'), { scale: 1, ratio: 1 })).not.toBe(first);
    expect(patternFill({ ...dotted('#111111'), opacity: 0.5 }, { scale: 1, ratio: 1 })).not.toBe(first);
    expect(tiles).toHaveLength(3);
  });

  it('has one size on the screen at every zoom, in whole pixels of the screen', () => {
    patternFill(dotted('#333333'), { scale: 4, ratio: 1.25 });
    const [{ width, height }] = tiles;
    expect([width, height]).toEqual([13, 13]);
    const { a, d } = setTransform.mock.lastCall?.[0] ?? {};
    expect(a * 4 * width).toBeCloseTo(10);
    expect(d).toBe(a);
    patternFill(dotted('#333333'), { scale: 0.5, ratio: 1.25 });
    expect(setTransform.mock.lastCall?.[0].a * 0.5 * width).toBeCloseTo(10);
  });

  it('lets the photograph through between the lines, and most of it under a faint fill', () => {
    patternFill(dotted('#444444'), { scale: 1, ratio: 1 });
    const [{ calls }] = tiles;
    const ground = calls.find(({ name }) => name === 'fillRect')?.style;
    const lines = calls.find(({ name }) => name === 'stroke')?.style;
    expect(ground).toMatchObject({ fillStyle: '#444444' });
    expect(lines).toMatchObject({ strokeStyle: '#444444' });
    expect(ground?.globalAlpha).toBeLessThan(0.4);
    expect(lines?.globalAlpha).toBeGreaterThan(0.8);
    patternFill({ ...dotted('#444444'), opacity: 0 }, { scale: 1, ratio: 1 });
    expect(tiles[1].calls.find(({ name }) => name === 'stroke')?.style.globalAlpha).toBe(0);
  });

  it('is made anew when too many are kept', () => {
    const first = patternFill(dotted('#555555'), { scale: 1, ratio: 1 });
    for (let step = 1; step <= 400; step += 1) {
      patternFill({ ...dotted('#666666'), opacity: step / 400 }, { scale: 1, ratio: 1 });
    }
    expect(patternFill(dotted('#555555'), { scale: 1, ratio: 1 })).not.toBe(first);
  });
});
