import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMaskPicture } from '../../../static/js/render/mask_picture.js';
import { FakePath, fakeContext, fakeLayer } from './fake_canvas.js';

vi.mock('../../../static/js/render/pattern_fill.js', () => ({ patternFill: () => 'a pattern' }));

/** @import {MaskItem} from '../../../static/js/render/scene.js' */

beforeEach(() => {
  vi.stubGlobal('Path2D', FakePath);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** @type {(count: number) => MaskItem[]} */
const masksOf = (count) =>
  Array.from({ length: count }, (_, at) => ({
    contours: { points: Int32Array.of(at, 0, at + 1, 0, at + 1, 1), ringStarts: Int32Array.of(0) },
    color: '#56b4e9',
    look: 'kept',
  }));

const VIEW = { scale: 1, offsetX: 0, offsetY: 0 };

function makePicture() {
  const { calls, context } = fakeContext();
  const canvas = /** @type {HTMLCanvasElement} */ (/** @type {unknown} */ ({ getContext: () => context }));
  const onRest = vi.fn();
  const picture = createMaskPicture({ onRest, makeCanvas: () => canvas });
  picture.resize({ width: 100, height: 80 }, 2);
  const { layer, named } = fakeLayer();
  const painted = () => calls.filter(({ name }) => name === 'fill').length;
  return { picture, layer, named, painted, onRest, calls };
}

describe('mask picture', () => {
  it('draws few masks directly', () => {
    const { picture, layer, named, painted } = makePicture();
    picture.draw(layer, masksOf(3), VIEW);
    expect([painted(), named('fill').length, named('drawImage').length]).toEqual([0, 3, 0]);
  });

  it('only shifts few masks with many corners too', () => {
    const { picture, layer, named, painted } = makePicture();
    const masks = masksOf(2).map((mask) => ({
      ...mask,
      contours: { points: new Int32Array(2 * 25_000), ringStarts: Int32Array.of(0) },
    }));
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, masks, { ...VIEW, offsetX: -30 });
    expect([painted(), named('fill').length, named('drawImage').length]).toEqual([2, 0, 2]);
    picture.draw(layer, masks.slice(1), VIEW);
    expect([painted(), named('fill').length]).toEqual([2, 1]);
  });

  it('only shifts many masks while the view moves over the picture', () => {
    const { picture, layer, named, painted } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, masks, { ...VIEW, offsetX: -30, offsetY: 20 });
    expect(painted()).toBe(400);
    expect(named('drawImage').map(({ values }) => values.slice(1))).toEqual([
      [-50, -40, 200, 160],
      [-80, -20, 200, 160],
    ]);
    picture.draw(layer, masks, { ...VIEW, offsetX: -60 });
    expect(painted()).toBe(800);
  });

  it('is drawn anew when masks become fainter', () => {
    const { picture, layer, painted } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    picture.draw(
      layer,
      masks.map((mask) => ({ ...mask, fade: 0.5 })),
      VIEW,
    );
    expect(painted()).toBe(800);
  });

  it('is drawn anew when a class gets a pattern, with the pattern in it', () => {
    const { picture, layer, painted, calls } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    picture.draw(
      layer,
      masks.map((mask) => ({ ...mask, pattern: /** @type {const} */ ('dots') })),
      VIEW,
    );
    expect(painted()).toBe(800);
    expect(calls.filter(({ name }) => name === 'fill').at(-1)?.style.fillStyle).toBe('a pattern');
  });

  it('draws what is selected or open above it, without drawing the others again', () => {
    const { picture, layer, named, painted } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    const [first, ...others] = masks;
    picture.draw(layer, [...others, { ...first, look: 'selected' }], VIEW);
    expect([painted(), named('fill').length]).toEqual([400, 1]);
    const behind = masks.map((mask) => ({ ...mask, look: /** @type {const} */ ('behind') }));
    picture.draw(layer, [...behind, { ...first, look: 'open' }], VIEW);
    expect(painted()).toBe(400);
    expect(named('drawImage').at(-1)?.style.globalAlpha).toBeLessThan(1);
  });

  it('is drawn again when a mask or its colour changed', () => {
    const { picture, layer, painted } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, [{ ...masks[0], color: '#000000' }, ...masks.slice(1)], VIEW);
    picture.draw(layer, masks.slice(1), VIEW);
    expect(painted()).toBe(400 + 400 + 399);
  });

  it('takes up what is new on top without drawing the others again', () => {
    const { picture, layer, painted } = makePicture();
    const masks = masksOf(402);
    picture.draw(layer, masks.slice(0, 400), VIEW);
    picture.draw(layer, masks.slice(0, 401), VIEW);
    picture.draw(layer, masks, { ...VIEW, offsetX: -30 });
    expect(painted()).toBe(402);
    picture.draw(layer, masks, { ...VIEW, offsetX: -40 });
    expect(painted()).toBe(402);
  });

  it('is drawn again when something is new below others', () => {
    const { picture, layer, painted } = makePicture();
    const masks = masksOf(401);
    picture.draw(layer, masks.slice(1), VIEW);
    picture.draw(layer, masks, VIEW);
    expect(painted()).toBe(400 + 401);
  });

  it('is scaled while the zoom changes and drawn again when it rests', () => {
    const { picture, layer, named, painted, onRest } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, masks, { scale: 2, offsetX: 10, offsetY: 0 });
    expect(painted()).toBe(400);
    expect(named('drawImage').at(-1)?.values.slice(1)).toEqual([-90, -80, 400, 320]);
    vi.runAllTimers();
    expect(onRest).toHaveBeenCalledOnce();
    picture.draw(layer, masks, { scale: 2, offsetX: 10, offsetY: 0 });
    expect(painted()).toBe(800);
  });
});
