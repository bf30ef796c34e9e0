// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imagePoint } from '../../static/js/geometry/point.js';
import { PhotoStage } from '../../static/js/photo_stage.js';
import { createViewControl } from '../../static/js/services/view_control.js';
import { createToolDriver } from '../../static/js/tools/tool_driver.js';
import { createToolRegistry } from '../../static/js/tools/tool_registry.js';
import { FakePath, fakeContext } from './render/fake_canvas.js';
import { SQUARE, makeRle, storeWithImages } from './session_builders.js';
import { recordCommands } from './tools/tool_bench.js';

/** @import {Contours} from '../../static/js/types.js' */

beforeEach(() => {
  vi.stubGlobal('Path2D', FakePath);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      /** @param {() => void} report tells the size */
      constructor(report) {
        this.observe = report;
      }

      disconnect() {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));

/** @param {CanvasRenderingContext2D} context what it gives */
function canvasWith(context) {
  const canvas = document.createElement('canvas');
  canvas.getContext = /** @type {never} */ (() => context);
  return canvas;
}

/** @param {Contours | null} [outline] of every kept mask */
function makeStage(outline = null) {
  const store = storeWithImages();
  const { calls, commands } = recordCommands();
  const driver = createToolDriver(createToolRegistry(commands), () => store.get().tool);
  const view = createViewControl(store);
  const known = { outline };
  const onStep = vi.fn();
  const stage = new PhotoStage({
    store,
    view,
    driver: () => driver,
    contoursOf: () => known.outline,
    onStep,
    wish: 'canvas',
  });
  const element = document.createElement('div');
  Object.defineProperty(element, 'clientWidth', { value: 424 });
  Object.defineProperty(element, 'clientHeight', { value: 344 });
  element.setPointerCapture = vi.fn();
  const layers = {
    image: fakeContext(),
    masks: fakeContext(),
    hover: fakeContext(),
    hand: fakeContext(),
    prompts: fakeContext(),
  };
  const canvases = {
    image: canvasWith(layers.image.context),
    masks: canvasWith(layers.masks.context),
    hover: canvasWith(layers.hover.context),
    hand: canvasWith(layers.hand.context),
    prompts: canvasWith(layers.prompts.context),
  };
  return { store, calls, known, stage, layers, mount: () => stage.mount(element, canvases), element };
}

describe('photo stage', () => {
  it('fits the image when it is laid out, and draws it', () => {
    const { store, stage, layers, mount } = makeStage();
    stage.show({ levels: [{ source: /** @type {ImageBitmap} */ ({}), scale: 1 }], size: { width: 100, height: 80 } });
    mount();
    expect(store.get().viewport?.scale).toBeCloseTo(4);
    expect(layers.image.calls.some(({ name }) => name === 'drawImage')).toBe(true);
    expect(stage.toCanvas(imagePoint(50, 40))).toEqual({ x: 212, y: 172 });
  });

  it('gives clicks to the tool in image pixels, until it is unmounted', () => {
    const { calls, mount, element } = makeStage();
    const unmount = mount();
    const click = () => {
      for (const type of ['pointerdown', 'pointerup']) {
        element.dispatchEvent(new PointerEvent(type, { clientX: 212, clientY: 172 }));
      }
    };
    click();
    expect(calls).toContainEqual(['addPoint', { x: 50, y: 40 }, 1]);
    unmount();
    calls.length = 0;
    click();
    expect(calls).toEqual([]);
  });

  it('draws a small picture as soon as its outline is there, and again with the photograph', async () => {
    const { known, stage } = makeStage();
    const { calls, context } = fakeContext();
    const stop = stage.showThumb(canvasWith(context), {
      contours: null,
      rle: makeRle(),
      bbox: [10, 20, 20, 20],
      color: '#56b4e9',
    });
    await nextFrame();
    expect(calls).toEqual([]);
    known.outline = SQUARE;
    stage.refresh();
    await nextFrame();
    expect(calls.some(({ name }) => name === 'fill')).toBe(true);
    calls.length = 0;
    stop();
    stage.refresh();
    await nextFrame();
    expect(calls).toEqual([]);
  });

  it('draws many small pictures over several frames', async () => {
    const { stage } = makeStage(SQUARE);
    const { calls, context } = fakeContext();
    const subject = { contours: null, rle: makeRle(), bbox: /** @type {const} */ ([10, 20, 20, 20]), color: '#56b4e9' };
    for (let at = 0; at < 10; at += 1) stage.showThumb(canvasWith(context), subject);
    const drawn = () => calls.filter(({ name }) => name === 'fill').length;
    await nextFrame();
    const first = drawn();
    await nextFrame();
    expect([first < 10, drawn()]).toEqual([true, 10]);
  });
});
