/** Wires the canvas area: the renderer, the photograph that is shown, and the pointers over it. */

/** @import {CanvasPoint, Contours, Rle} from './types.js' */
/** @import {SessionStore} from './state/state_types.js' */
/** @import {Photo} from './render/mask_thumb.js' */
/** @import {OverlayRenderer} from './render/overlay_renderer.js' */
/** @import {LayerWish, ReadingLayer} from './render/reading_layer.js' */
/** @import {ViewControl} from './services/view_control.js' */
/** @import {ToolDriver} from './tools/tool_driver.js' */
/** @import {StageCanvases, ThumbSubject} from './ui/app_context.js' */

import { canvasToImage, imageToCanvas } from './geometry/viewport.js';
import { listenToPointers } from './input/pointer_input.js';
import { listenToWheel } from './input/wheel_zoom.js';
import { createFrameScheduler } from './render/frame_scheduler.js';
import { createHandRenderer } from './render/hand_renderer.js';
import { drawMaskThumb } from './render/mask_thumb.js';
import { createOverlayRenderer } from './render/overlay_renderer.js';
import { setCrosshair } from './state/actions/crosshair_actions.js';
import { setCursor } from './state/actions/view_actions.js';

/**
 * @typedef {object} StageParts
 * @property {SessionStore} store the session
 * @property {ViewControl} view the viewport
 * @property {() => ToolDriver} driver the hand
 * @property {(rle: Rle) => Contours | null} contoursOf outline of a kept mask
 * @property {(step: 1 | -1) => void} onStep the wheel with Alt: the next reading or the one before
 * @property {LayerWish} [wish] what should draw the masks that come as logits
 */

/** So many small pictures are drawn in one frame: a list that jumps must not hold up what is selected. */
const THUMBS_PER_FRAME = 6;

/** The canvas area. It exists before its elements do, and outlives them. */
export class PhotoStage {
  /** @type {OverlayRenderer | null} */
  #renderer = null;
  /** @type {Photo} */
  #photo = { levels: [], size: { width: 1, height: 1 } };
  /** @type {Set<() => void>} */
  #thumbs = new Set();
  /** @type {Set<() => void>} */
  #waitingThumbs = new Set();
  #thumbFrames = createFrameScheduler(() => this.#drawThumbs());
  #parts;

  /** @param {StageParts} parts what it works with */
  constructor(parts) {
    this.#parts = parts;
    parts.store.subscribe(() => this.#renderer?.update());
  }

  /**
   * Bring the canvas area to life.
   *
   * @param {HTMLElement} element the area
   * @param {StageCanvases} canvases the canvases in it
   * @returns {() => void} ends it
   */
  mount(element, canvases) {
    const { store, view, driver, contoursOf, wish } = this.#parts;
    const renderer = createOverlayRenderer(canvases, { state: store.get, contoursOf, wish });
    this.#renderer = renderer;
    const hand = createHandRenderer(canvases.hand, store.get);
    const stop = store.subscribe(hand.update);
    renderer.setPhoto(this.#photo.levels);
    const sizes = new ResizeObserver(() => {
      const size = { width: element.clientWidth, height: element.clientHeight };
      view.resize(size);
      renderer.resize(size, globalThis.devicePixelRatio);
      hand.resize(size, globalThis.devicePixelRatio);
    });
    sizes.observe(element);
    const endings = [
      stop,
      () => sizes.disconnect(),
      listenToWheel(element, { onZoom: (point, factor) => view.zoom(point, factor), onStep: this.#parts.onStep }),
      listenToPointers(element, {
        driver: driver(),
        toImage: (point) => this.#toImage(point),
        onHover(point) {
          if (point) store.apply(setCrosshair(null));
          if (!store.get().crosshair) store.apply(setCursor(point));
        },
        onPinch(from, to, factor) {
          view.pan(to.x - from.x, to.y - from.y);
          view.zoom(to, factor);
        },
      }),
    ];
    return () => endings.forEach((end) => end());
  }

  /**
   * Show a photograph.
   *
   * @param {Photo} photo its levels; none while it is loading
   */
  show(photo) {
    this.#photo = photo;
    this.#renderer?.setPhoto(photo.levels);
    this.refresh();
  }

  /**
   * Say what draws the masks that come as logits.
   *
   * @returns {ReadingLayer | null} null while the canvas area is not there
   */
  get readings() {
    return this.#renderer?.readings ?? null;
  }

  /** Draw again: an outline arrived. */
  refresh() {
    this.#renderer?.invalidate();
    for (const draw of this.#thumbs) this.#waitingThumbs.add(draw);
    this.#thumbFrames.request();
  }

  #drawThumbs() {
    for (const draw of [...this.#waitingThumbs].slice(0, THUMBS_PER_FRAME)) {
      this.#waitingThumbs.delete(draw);
      draw();
    }
    if (this.#waitingThumbs.size > 0) this.#thumbFrames.request();
  }

  /**
   * Keep a small picture of a mask up to date.
   *
   * @param {HTMLCanvasElement} canvas where it is drawn
   * @param {ThumbSubject} subject the mask
   * @returns {() => void} stops
   */
  showThumb(canvas, { contours, rle, bbox, color }) {
    const draw = () => {
      const outline = contours ?? this.#parts.contoursOf(rle);
      if (outline) drawMaskThumb(canvas, { contours: outline, bbox, color }, this.#photo);
    };
    this.#thumbs.add(draw);
    this.#waitingThumbs.add(draw);
    this.#thumbFrames.request();
    return () => {
      this.#thumbs.delete(draw);
      this.#waitingThumbs.delete(draw);
    };
  }

  /** @type {(point: CanvasPoint) => import('./types.js').ImagePoint | null} */
  #toImage(point) {
    const { viewport } = this.#parts.store.get();
    return viewport && canvasToImage(viewport, point);
  }

  /**
   * Find where a point of the image is shown.
   *
   * @param {import('./types.js').ImagePoint} point in image pixels
   * @returns {CanvasPoint | null} null while there is no image
   */
  toCanvas(point) {
    const { viewport } = this.#parts.store.get();
    return viewport && imageToCanvas(viewport, point);
  }
}
