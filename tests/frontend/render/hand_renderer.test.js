// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { createHandRenderer } from '../../../static/js/render/hand_renderer.js';
import { previewRing, previewStroke } from '../../../static/js/state/actions/drawing_actions.js';
import { addOutlinePoint, setOutline } from '../../../static/js/state/actions/outline_actions.js';
import { chooseTool, setCursor, setViewport } from '../../../static/js/state/actions/view_actions.js';
import { openOutline } from '../../../static/js/state/selectors.js';
import { storeWithImages } from '../session_builders.js';
import { FakePath, fakeContext } from './fake_canvas.js';

beforeEach(() => {
  vi.stubGlobal('Path2D', FakePath);
  vi.stubGlobal('requestAnimationFrame', (/** @type {() => void} */ run) => run());
});
afterEach(() => vi.unstubAllGlobals());

function makeRenderer() {
  const store = storeWithImages();
  store.apply(setViewport({ scale: 2, offsetX: 0, offsetY: 0 }));
  const { calls, context } = fakeContext();
  const canvas = document.createElement('canvas');
  canvas.getContext = /** @type {never} */ (() => context);
  const renderer = createHandRenderer(canvas, store.get);
  store.subscribe(renderer.update);
  const named = (/** @type {string} */ name) => calls.filter((call) => call.name === name);
  return { store, calls, named, renderer };
}

const A = { x: 10, y: 10, radius: 5 };
const B = { x: 30, y: 10, radius: 5 };

describe('hand renderer', () => {
  it('fills the stroke once, however much of it overlaps, and grows its path', () => {
    const { store, named } = makeRenderer();
    const points = [A, B];
    store.apply(previewStroke({ points, erases: false }));
    store.apply(previewStroke({ points: [...points, A], erases: false }));
    const fills = named('fill');
    expect(fills).toHaveLength(2);
    expect(fills[1].values[1]).toBe('nonzero');
    expect(fills[1].values[0]).toBe(fills[0].values[0]);
    expect(fills[0].style).toMatchObject({ globalAlpha: 0.5, fillStyle: '#56b4e9' });
    store.apply(previewStroke({ points: [A], erases: true }));
    expect(named('fill').at(-1)?.style.fillStyle).toBe('#ff5a4f');
  });

  it('shows the tip of brush and eraser as large as it is on the image', () => {
    const { store, named } = makeRenderer();
    store.apply(setCursor(imagePoint(20, 20)));
    expect(named('arc')).toEqual([]);
    store.apply(chooseTool('brush'));
    expect(named('arc')[0].values.slice(0, 3)).toEqual([40, 40, 40]);
  });

  it('draws lines and the points of outlines', () => {
    const { store, named } = makeRenderer();
    store.apply(previewRing([imagePoint(1, 1), imagePoint(9, 1), imagePoint(9, 9)]));
    expect(named('fill')).toHaveLength(1);
    store.apply(previewRing(null));
    store.apply(addOutlinePoint(imagePoint(5, 5), true));
    store.apply(addOutlinePoint(imagePoint(25, 5), true));
    expect(named('fillRect')).toHaveLength(2 + 4);
    const outline = openOutline(store.get());
    if (outline) store.apply(setOutline({ ...outline, open: false }));
    expect(named('fill').at(-1)?.style.fillStyle).toBe('#ff5a4f');
  });

  it('draws nothing again for what it does not show, and everything after a resize', () => {
    const { store, calls, renderer } = makeRenderer();
    store.apply(chooseTool('brush'));
    const before = calls.length;
    store.apply((state) => ({ ...state, masksVisible: false }));
    expect(calls).toHaveLength(before);
    renderer.resize({ width: 50, height: 40 }, 2);
    expect(calls.length).toBeGreaterThan(before);
  });
});
