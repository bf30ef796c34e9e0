import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCanvasLayer, outlineOf } from '../../../static/js/render/reading_canvas.js';
import { makeReading } from '../session_builders.js';
import { FakePath, fakeLayer } from './fake_canvas.js';

const VIEW = { scale: 4, offsetX: 0, offsetY: 0 };

/** @type {(change?: object) => import('../../../static/js/render/scene.js').ReadingItem} */
const item = (change = {}) => ({
  ...{ mask: makeReading(), threshold: 0, color: '#56b4e9', look: 'hover', over: null, uncertain: false },
  ...change,
});

beforeEach(() => void vi.stubGlobal('Path2D', FakePath));
afterEach(() => vi.unstubAllGlobals());

describe('the 2d layer of readings', () => {
  it('fills lightly and draws a dashed line over a dark one, as thick at every zoom', () => {
    const { layer, named } = fakeLayer();
    createCanvasLayer(layer).draw([item()], VIEW);
    expect(named('fill')[0].style).toMatchObject({ fillStyle: '#56b4e9', globalAlpha: 0.24 });
    expect(named('stroke').map(({ style }) => style.lineWidth)).toEqual([3.5 / 4, 1.5 / 4]);
    expect(named('setLineDash').map(({ values }) => values[0])).toEqual([[], [1.5, 1], []]);
  });

  it('draws an answer with a whole line', () => {
    const { layer, named } = fakeLayer();
    createCanvasLayer(layer).draw([item({ look: 'open' })], VIEW);
    expect(named('fill')[0].style.globalAlpha).toBe(0.42);
    expect(named('setLineDash').map(({ values }) => values[0])).toEqual([[], [], []]);
  });

  it('hatches what a click would take away from the open object', () => {
    const { layer, named } = fakeLayer();
    const over = { logits: Float32Array.of(1, 1, 1, 1), side: 2, threshold: 0 };
    createCanvasLayer(layer).draw([item({ over })], VIEW);
    expect(named('clip')).toHaveLength(2);
    expect(named('fill')[0].style).toMatchObject({ fillStyle: '#ff5a4f', globalAlpha: 0.22 });
    expect(named('fill')[1].style).toMatchObject({ fillStyle: '#ff5a4f', globalAlpha: 0.55 });
  });

  it('is wiped when nothing is left to draw', () => {
    const { layer, calls } = fakeLayer();
    createCanvasLayer(layer).draw([], VIEW);
    expect(calls.map(({ name }) => name)).toEqual(['clearRect', 'save', 'translate', 'scale', 'restore']);
  });
});

describe('the outline of a reading', () => {
  it('is traced once for a threshold, and moves with it', () => {
    const mask = makeReading();
    const outline = outlineOf(mask, 0);
    expect(outlineOf(mask, 0)).toBe(outline);
    const right = Math.max(...outline.points.filter((_, index) => index % 2 === 0));
    const narrower = outlineOf(mask, 0.5);
    expect(Math.max(...narrower.points.filter((_, index) => index % 2 === 0))).toBeLessThan(right);
  });
});
