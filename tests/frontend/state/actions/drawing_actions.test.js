import { expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { previewRing, previewStroke, setBrushSize } from '../../../../static/js/state/actions/drawing_actions.js';
import { storeWithImages } from '../../session_builders.js';

it('shows a stroke or a line, and nothing when the gesture is over', () => {
  const store = storeWithImages();
  const stroke = { points: [{ x: 1, y: 2, radius: 3 }], erases: false };
  store.apply(previewStroke(stroke));
  expect(store.get().preview).toEqual({ stroke });
  store.apply(previewRing([imagePoint(1, 2)]));
  expect(store.get().preview).toEqual({ ring: [{ x: 1, y: 2 }] });
  store.apply(previewRing(null));
  expect(store.get().preview).toBeNull();
});

it('keeps the brush within whole, sensible sizes', () => {
  const store = storeWithImages();
  for (const [wanted, size] of [
    [12.4, 12],
    [-3, 1],
    [1e9, 5000],
  ]) {
    store.apply(setBrushSize(wanted));
    expect(store.get().brushSize).toBe(size);
  }
});
