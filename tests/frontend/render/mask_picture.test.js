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
    contours: { points: Int32Array.of(10 * at, 0, 10 * at + 1, 0, 10 * at + 1, 1), ringStarts: Int32Array.of(0) },
    color: '#56b4e9',
    look: 'kept',
    level: at,
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

  it('draws what is selected above it, and nothing of it in it, also while it is dragged', () => {
    const { picture, layer, named, painted, calls } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    const [first, ...others] = masks;
    picture.draw(layer, [...others, { ...first, look: 'selected' }], VIEW);
    picture.draw(layer, [...others, { ...first, look: 'selected', shift: { dx: 50, dy: 0 } }], VIEW);
    expect([painted(), named('fill').length]).toEqual([400, 2]);
    expect(named('fill').map(({ style }) => style.globalAlpha)).toEqual([0.5, 0.5]);
    expect(calls.filter(({ name }) => name === 'clearRect').at(-1)?.values).toEqual([47, 37, 7, 7]);
    picture.draw(layer, masks, VIEW);
    expect(painted()).toBe(401);
  });

  it('steps back behind an open object', () => {
    const { picture, layer, named, painted } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    const [first, ...others] = masks.map((mask) => ({ ...mask, look: /** @type {const} */ ('behind') }));
    picture.draw(layer, [...others, { ...first, look: 'open' }], VIEW);
    expect([painted(), named('fill').length]).toEqual([400, 1]);
    expect(named('drawImage').at(-1)?.style.globalAlpha).toBeLessThan(1);
  });

  it('leaves a large mask in it until it is dragged, and adds what its fill lacks', () => {
    const { picture, layer, named, painted } = makePicture();
    const { contours, ...rest } = masksOf(1)[0];
    const points = Int32Array.from({ length: 2 * 50_000 }, (_, at) => (at % 4 === 1 ? 1 : at % 2 ? 0 : at));
    const large = { ...rest, contours: { ...contours, points } };
    const masks = [large, ...masksOf(401).slice(1)];
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, [...masks.slice(1), { ...large, look: 'hovered' }], VIEW);
    expect(painted()).toBe(401);
    const opacity = Number(named('fill')[0].style.globalAlpha);
    expect(1 - (1 - 0.38) * (1 - opacity)).toBeCloseTo(0.52);
    picture.draw(layer, [...masks.slice(1), { ...large, look: 'selected', shift: { dx: 1, dy: 0 } }], VIEW);
    expect(painted()).toBe(401 + 400);
    expect(named('fill')[1].style.globalAlpha).toBe(0.5);
  });

  it('is mended where a mask or its colour changed', () => {
    const { picture, layer, painted, calls } = makePicture();
    const masks = masksOf(400);
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, [{ ...masks[0], color: '#000000' }, ...masks.slice(1)], VIEW);
    expect(calls.filter(({ name }) => name === 'fill').at(-1)?.style.fillStyle).toBe('#000000');
    picture.draw(layer, masks.slice(1), VIEW);
    expect(painted()).toBe(400 + 1);
  });

  it('is drawn anew when many changed, or the order of what stays', () => {
    const { picture, layer, painted } = makePicture();
    const masks = masksOf(450);
    picture.draw(layer, masks, VIEW);
    picture.draw(layer, masks.slice(120), VIEW);
    expect(painted()).toBe(450 + 330);
    picture.draw(layer, [{ ...masks[449], level: 0 }, ...masks.slice(120, 449)], VIEW);
    expect(painted()).toBe(450 + 330 + 330);
  });

  it('shows proposals as faint as they are without it', () => {
    const { picture, layer, calls } = makePicture();
    const offered = masksOf(400).map(({ contours, color }) => ({
      contours,
      color,
      look: /** @type {const} */ ('proposal'),
    }));
    picture.draw(layer, offered, VIEW);
    expect(calls.find(({ name }) => name === 'fill')?.style.globalAlpha).toBe(0.07);
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

  it('is mended where something is new below others', () => {
    const { picture, layer, painted } = makePicture();
    const masks = masksOf(401);
    picture.draw(layer, masks.slice(1), VIEW);
    picture.draw(layer, masks, VIEW);
    expect(painted()).toBe(400 + 1);
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
