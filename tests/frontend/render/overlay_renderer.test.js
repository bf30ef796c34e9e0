import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOverlayRenderer } from '../../../static/js/render/overlay_renderer.js';
import { openImage } from '../../../static/js/state/actions/image_actions.js';
import { hoverObject, setCursor, setViewport } from '../../../static/js/state/actions/view_actions.js';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { clickAndAnswer, hoverAt, storeWithImages } from '../session_builders.js';
import { FakePath, fakeContext } from './fake_canvas.js';

beforeEach(() => {
  vi.stubGlobal('Path2D', FakePath);
  vi.stubGlobal('document', { createElement: () => ({}) });
  vi.stubGlobal('requestAnimationFrame', (/** @type {() => void} */ run) => queueMicrotask(run));
});
afterEach(() => vi.unstubAllGlobals());

function makeRenderer() {
  const store = storeWithImages();
  const contexts = { image: fakeContext(), masks: fakeContext(), hover: fakeContext(), prompts: fakeContext() };
  /** @type {(name: keyof typeof contexts) => HTMLCanvasElement} */
  const canvas = (name) =>
    /** @type {HTMLCanvasElement} */ (
      /** @type {unknown} */ ({ width: 0, height: 0, getContext: () => contexts[name].context })
    );
  const canvases = {
    image: canvas('image'),
    masks: canvas('masks'),
    hover: canvas('hover'),
    prompts: canvas('prompts'),
  };
  const renderer = createOverlayRenderer(canvases, { state: store.get, contoursOf: () => null, wish: 'canvas' });
  /** @type {(name: keyof typeof contexts) => Promise<string[]>} */
  const drawn = async (name) => {
    renderer.update();
    await Promise.resolve();
    const calls = contexts[name].calls.map((call) => call.name);
    for (const { calls: all } of Object.values(contexts)) all.length = 0;
    return calls;
  };
  renderer.setPhoto([{ source: /** @type {ImageBitmap} */ ({}), scale: 1 }]);
  return { store, renderer, drawn };
}

describe('overlay renderer', () => {
  it('draws the photograph only when it or the view changed', async () => {
    const { store, drawn } = makeRenderer();
    store.apply(setViewport({ scale: 1, offsetX: 0, offsetY: 0 }));
    expect(await drawn('image')).toContain('drawImage');
    clickAndAnswer(store);
    expect(await drawn('image')).toEqual([]);
    store.apply(setViewport({ scale: 2, offsetX: 0, offsetY: 0 }));
    expect(await drawn('image')).toContain('drawImage');
  });

  it('draws masks and prompts when the object or the highlight changes, not when the pointer moves', async () => {
    const { store, drawn } = makeRenderer();
    store.apply(setViewport({ scale: 1, offsetX: 0, offsetY: 0 }));
    await drawn('masks');
    clickAndAnswer(store);
    expect(await drawn('masks')).toContain('fill');
    store.apply(setCursor(imagePoint(3, 3)));
    expect(await drawn('prompts')).toEqual([]);
    store.apply(hoverObject('a'));
    expect(await drawn('masks')).toContain('fill');
  });

  it('draws a preview without drawing the kept masks again', async () => {
    const { store, drawn } = makeRenderer();
    store.apply(setViewport({ scale: 1, offsetX: 0, offsetY: 0 }));
    await drawn('masks');
    hoverAt(store, 20, 30);
    expect(await drawn('hover')).toContain('stroke');
    hoverAt(store, 21, 30);
    expect(await drawn('masks')).toEqual([]);
    store.apply(setCursor(null));
    expect(await drawn('hover')).not.toContain('stroke');
  });

  it('draws everything again when asked to, or when the canvas changed its size', async () => {
    const { store, renderer, drawn } = makeRenderer();
    store.apply(setViewport({ scale: 1, offsetX: 0, offsetY: 0 }));
    await drawn('image');
    renderer.invalidate();
    expect(await drawn('image')).toContain('drawImage');
    renderer.resize({ width: 10, height: 10 }, 2);
    expect(await drawn('image')).toContain('drawImage');
  });

  it('is empty without an image', async () => {
    const { store, drawn } = makeRenderer();
    store.apply(openImage(null));
    expect(await drawn('image')).not.toContain('drawImage');
  });
});
