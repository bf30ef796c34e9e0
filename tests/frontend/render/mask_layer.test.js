import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drawMaskLayer, overItself } from '../../../static/js/render/mask_layer.js';
import { patternFill } from '../../../static/js/render/pattern_fill.js';
import { SQUARE } from '../session_builders.js';
import { FakePath, fakeLayer } from './fake_canvas.js';

vi.mock('../../../static/js/render/pattern_fill.js', () => ({ patternFill: vi.fn(() => 'a pattern') }));

beforeEach(() => void vi.stubGlobal('Path2D', FakePath));
afterEach(() => vi.unstubAllGlobals());

const VIEW = { scale: 4, offsetX: 0, offsetY: 0 };

describe('mask layer', () => {
  it('fills by the even-odd rule and outlines equally wide at any zoom', () => {
    const { layer, named } = fakeLayer();
    drawMaskLayer(layer, [{ contours: SQUARE, color: '#56b4e9', look: 'kept' }], VIEW);
    const [fill] = named('fill');
    expect(fill.values[1]).toBe('evenodd');
    expect(fill.style).toMatchObject({ fillStyle: '#56b4e9', globalAlpha: 0.38 });
    const [halo, line] = named('stroke');
    expect(halo.style.lineWidth).toBeCloseTo(3.5 / 4);
    expect(line.style).toMatchObject({ strokeStyle: '#56b4e9', lineWidth: 1.5 / 4 });
  });

  it('fills with the pattern of a class, whose opacity is in it', () => {
    const { layer, named } = fakeLayer();
    const mask = /** @type {const} */ ({ contours: SQUARE, color: '#56b4e9', pattern: 'dots', look: 'kept' });
    drawMaskLayer(
      layer,
      [
        { ...mask, fade: 0.5 },
        { ...mask, pattern: 'plain' },
      ],
      VIEW,
    );
    expect(patternFill).toHaveBeenCalledExactlyOnceWith(
      { pattern: 'dots', color: '#56b4e9', opacity: 0.19 },
      { scale: 4, ratio: 1 },
    );
    const [patterned, plain] = named('fill').map(({ style }) => [style.fillStyle, style.globalAlpha]);
    expect(patterned).toEqual(['a pattern', 1]);
    expect(plain).toEqual(['#56b4e9', 0.38]);
  });

  it('outlines the open object in white and dashes the hovered one', () => {
    const { layer, named } = fakeLayer();
    drawMaskLayer(layer, [{ contours: SQUARE, color: '#56b4e9', look: 'open' }], VIEW);
    expect(named('stroke')[1].style.strokeStyle).toBe('#ffffff');
    drawMaskLayer(layer, [{ contours: SQUARE, color: '#56b4e9', look: 'hovered' }], VIEW);
    expect(named('setLineDash').at(-1)?.values[0]).toEqual([5 / 4, 1]);
  });

  it('draws an object where it is being moved to', () => {
    const { layer, named } = fakeLayer();
    const mask = /** @type {const} */ ({ contours: SQUARE, color: '#56b4e9', look: 'selected' });
    drawMaskLayer(layer, [{ ...mask, shift: { dx: 7, dy: -2 } }], VIEW);
    expect(named('translate').map(({ values }) => values)).toContainEqual([7, -2]);
  });

  it('adds to a resting fill what one that stands out has more', () => {
    const mask = /** @type {const} */ ({ contours: SQUARE, color: '#56b4e9', look: 'selected' });
    const added = (/** @type {number} */ fade, part = 1) => 0.5 * (overItself({ ...mask, fade }, part).fade ?? 1);
    expect(1 - (1 - 0.38) * (1 - added(1))).toBeCloseTo(0.5);
    expect(1 - (1 - 0.38 * 0.55) * (1 - added(1, 0.55))).toBeCloseTo(0.5);
    expect([added(0), added(3)]).toEqual([0, 0]);
  });
});
