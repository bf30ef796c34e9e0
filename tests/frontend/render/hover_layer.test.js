import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { drawHoverLayer } from '../../../static/js/render/hover_layer.js';
import { SQUARE, makePreview } from '../session_builders.js';
import { FakePath, fakeLayer } from './fake_canvas.js';

const VIEW = { scale: 4, offsetX: 0, offsetY: 0 };
const HOVER = { mask: makePreview(), point: imagePoint(20, 30), color: '#56b4e9', open: null };

beforeEach(() => void vi.stubGlobal('Path2D', FakePath));
afterEach(() => vi.unstubAllGlobals());

describe('hover layer', () => {
  it('fills lightly and draws a dashed line over a dark one, as thick at every zoom', () => {
    const { layer, named } = fakeLayer();
    drawHoverLayer(layer, HOVER, VIEW);
    expect(named('fill')[0].style).toMatchObject({ fillStyle: '#56b4e9', globalAlpha: 0.24 });
    expect(named('stroke').map(({ style }) => style.lineWidth)).toEqual([3 / 4, 1.5 / 4]);
    expect(named('setLineDash').map(({ values }) => values[0])).toEqual([[], [1.5, 1], []]);
  });

  it('marks what the click would take away from an open object', () => {
    const { layer, named } = fakeLayer();
    drawHoverLayer(layer, { ...HOVER, open: SQUARE }, VIEW);
    expect(named('clip')).toHaveLength(1);
    expect(named('fill')[0].style).toMatchObject({ fillStyle: '#ff5a4f' });
  });

  it('is empty without a preview, and for an empty mask', () => {
    const { layer, calls } = fakeLayer();
    drawHoverLayer(layer, null, VIEW);
    const outline = { points: new Float32Array(0), ringStarts: new Int32Array(0) };
    drawHoverLayer(layer, { ...HOVER, mask: makePreview({ outline }) }, VIEW);
    expect(calls.map(({ name }) => name)).toEqual(['clearRect', 'clearRect']);
  });
});
