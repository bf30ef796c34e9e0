import { describe, expect, it } from 'vitest';
import { drawImageLayer } from '../../../static/js/render/image_layer.js';
import { fakeLayer } from './fake_canvas.js';

const LEVELS = [{ source: /** @type {ImageBitmap} */ ({}), scale: 1 }];
const SIZE = { width: 100, height: 80 };

/** @param {number} scale of the viewport */
function drawAt(scale) {
  const { layer, named } = fakeLayer();
  drawImageLayer(layer, LEVELS, SIZE, { viewport: { scale, offsetX: 3, offsetY: 4 }, pixelRatio: 2 });
  return named;
}

describe('image layer', () => {
  it('draws the whole photograph where the viewport puts it', () => {
    const named = drawAt(0.5);
    expect(named('translate')[0].values).toEqual([3, 4]);
    expect(named('scale')[0].values).toEqual([0.5, 0.5]);
    expect(named('drawImage')[0].values.slice(1)).toEqual([0, 0, 100, 80]);
  });

  it('smooths a small view and shows the pixels of a large one', () => {
    expect(drawAt(0.5)('drawImage')[0].style).toMatchObject({
      imageSmoothingEnabled: true,
      imageSmoothingQuality: 'high',
    });
    expect(drawAt(4)('drawImage')[0].style.imageSmoothingEnabled).toBe(false);
  });

  it('is empty while the photograph is loading', () => {
    const { layer, calls } = fakeLayer();
    drawImageLayer(layer, [], SIZE, { viewport: { scale: 1, offsetX: 0, offsetY: 0 }, pixelRatio: 1 });
    expect(calls.map(({ name }) => name)).toEqual(['clearRect']);
  });
});
