import { describe, expect, it } from 'vitest';
import { canvasPoint, imagePoint } from '../../../static/js/geometry/point.js';
import { imageToCanvas } from '../../../static/js/geometry/viewport.js';
import { createViewControl } from '../../../static/js/services/view_control.js';
import { createSessionState } from '../../../static/js/state/session_state.js';
import { createSessionStore } from '../../../static/js/state/session_store.js';
import { storeWithImages } from '../session_builders.js';

function makeView() {
  const store = storeWithImages();
  const view = createViewControl(store);
  view.resize({ width: 424, height: 344 });
  return { store, view, scale: () => store.get().viewport?.scale };
}

describe('view control', () => {
  it('fits the image and goes on fitting it while the canvas changes', () => {
    const { view, scale } = makeView();
    expect(scale()).toBeCloseTo(4);
    view.resize({ width: 224, height: 344 });
    expect(scale()).toBeCloseTo(2);
  });

  it('keeps the middle in the middle once the annotator has zoomed', () => {
    const { store, view } = makeView();
    view.zoom(canvasPoint(212, 172), 2);
    view.resize({ width: 524, height: 344 });
    const { viewport } = store.get();
    expect(viewport && imageToCanvas(viewport, imagePoint(50, 40))).toEqual({ x: 262, y: 172 });
  });

  it('zooms around the pointer, in steps, and to the pixel', () => {
    const { view, scale } = makeView();
    view.zoom(canvasPoint(0, 0), 2);
    expect(scale()).toBeCloseTo(8);
    view.zoomStep(-1);
    expect(scale()).toBeCloseTo(6.4);
    view.actual();
    expect(scale()).toBeCloseTo(1);
    view.fit();
    expect(scale()).toBeCloseTo(4);
  });

  it('brings a place into the middle, as near as the image allows', () => {
    const { store, view } = makeView();
    view.zoom(canvasPoint(0, 0), 8);
    view.centre(imagePoint(50, 40));
    const { viewport, canvasSize } = store.get();
    if (!viewport || !canvasSize) throw new Error('the view must be laid out');
    expect(imageToCanvas(viewport, imagePoint(50, 40))).toEqual({ x: canvasSize.width / 2, y: canvasSize.height / 2 });
  });

  it('pans', () => {
    const { store, view } = makeView();
    const before = store.get().viewport?.offsetX ?? 0;
    view.pan(5, 0);
    expect(store.get().viewport?.offsetX).toBe(before + 5);
  });

  it('does nothing while there is no image', () => {
    const store = createSessionStore(createSessionState());
    const view = createViewControl(store);
    view.fit();
    view.resize({ width: 10, height: 10 });
    view.pan(1, 1);
    view.actual();
    expect(store.get().viewport).toBeNull();
  });

  it('shows a part of the image in the middle, as large as it fits', () => {
    const { store, view } = makeView();
    view.showBox([40, 30, 60, 50]);
    const { viewport } = store.get();
    expect(viewport?.scale).toBeCloseTo((344 - 160) / 20);
    expect(viewport && imageToCanvas(viewport, imagePoint(50, 40)).x).toBeCloseTo(212);
  });
});
