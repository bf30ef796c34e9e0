/** Moves the viewport: fitting, zooming, panning, and following the size of the canvas. */

/** @import {BoxXyxy, CanvasPoint, ImagePoint, Size, Viewport} from '../types.js' */
/** @import {SessionStore} from '../state/state_types.js' */

import { canvasPoint } from '../geometry/point.js';
import { clampViewport, fitViewport, imageToCanvas, panBy, zoomAt } from '../geometry/viewport.js';
import { setCanvasSize, setViewport } from '../state/actions/view_actions.js';
import { currentImage } from '../state/selectors.js';

/** Free space around a fitted image, in CSS pixels. */
const FIT_MARGIN = 12;
/** Free space around an object that is looked at. */
const BOX_MARGIN = 80;
const KEY_ZOOM = 1.25;

/**
 * @typedef {object} ViewControl
 * @property {() => void} fit shows the whole image, and keeps doing so when the canvas changes its size
 * @property {(box: BoxXyxy) => void} showBox shows a part of the image, in image pixels, as large as it fits
 * @property {(point: ImagePoint) => void} centre brings a place of the image into the middle
 * @property {() => void} actual shows one image pixel per screen pixel, around the middle
 * @property {(step: 1 | -1) => void} zoomStep zooms around the middle by one key press
 * @property {(anchor: CanvasPoint, factor: number) => void} zoom zooms around a point
 * @property {(dx: number, dy: number) => void} pan moves the image, in CSS pixels
 * @property {(size: Size) => void} resize the canvas got another size, in CSS pixels
 */

/**
 * Make the control.
 *
 * @param {SessionStore} store the session
 * @returns {ViewControl} the control; nothing happens while there is no image
 */
export function createViewControl(store) {
  let fitted = true;

  /** @type {(change: (view: Viewport) => Viewport) => void} */
  const change = (move) => {
    const { viewport, canvasSize } = store.get();
    const image = currentImage(store.get());
    if (!viewport || !canvasSize || !image) return;
    fitted = false;
    store.apply(setViewport(clampViewport(move(viewport), image, canvasSize)));
  };
  const fit = () => {
    const { canvasSize } = store.get();
    const image = currentImage(store.get());
    if (!canvasSize || !image) return;
    fitted = true;
    store.apply(setViewport(fitViewport(image, canvasSize, FIT_MARGIN)));
  };
  const middle = () => {
    const { width, height } = store.get().canvasSize ?? { width: 0, height: 0 };
    return canvasPoint(width / 2, height / 2);
  };

  return {
    fit,
    showBox: ([left, top, right, bottom]) =>
      change(() => {
        const { canvasSize } = store.get();
        const size = { width: right - left, height: bottom - top };
        const view = fitViewport(size, canvasSize ?? size, BOX_MARGIN);
        return panBy(view, -left * view.scale, -top * view.scale);
      }),
    centre: (point) =>
      change((view) => {
        const at = imageToCanvas(view, point);
        return panBy(view, middle().x - at.x, middle().y - at.y);
      }),
    actual: () => change((view) => zoomAt(view, middle(), 1 / view.scale)),
    zoomStep: (step) => change((view) => zoomAt(view, middle(), KEY_ZOOM ** step)),
    zoom: (anchor, factor) => change((view) => zoomAt(view, anchor, factor)),
    pan: (dx, dy) => change((view) => panBy(view, dx, dy)),
    resize(size) {
      const before = store.get().canvasSize;
      store.apply(setCanvasSize(size));
      if (fitted || !before) fit();
      else {
        const [dx, dy] = [(size.width - before.width) / 2, (size.height - before.height) / 2];
        change((view) => panBy(view, dx, dy));
      }
    },
  };
}
