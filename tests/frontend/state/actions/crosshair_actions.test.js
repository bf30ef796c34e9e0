import { expect, it } from 'vitest';
import { imagePoint } from '../../../../static/js/geometry/point.js';
import { setCrosshair } from '../../../../static/js/state/actions/crosshair_actions.js';
import { storeWithImages } from '../../session_builders.js';

it('is the pointer while it is shown, and leaves the cursor where it was', () => {
  const store = storeWithImages();
  const point = imagePoint(3, 4);
  store.apply(setCrosshair(point));
  expect(store.get()).toMatchObject({ crosshair: point, cursor: point });
  store.apply(setCrosshair(null));
  expect(store.get()).toMatchObject({ crosshair: null, cursor: point });
  const before = store.get();
  store.apply(setCrosshair(null));
  expect(store.get()).toBe(before);
});
