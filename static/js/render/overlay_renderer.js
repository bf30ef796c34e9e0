/** Keeps the stack of canvases equal to the session: each layer is drawn again only when what it shows changed. */

/** @import {Contours, Rle, Size} from '../types.js' */
/** @import {SessionState} from '../state/state_types.js' */
/** @import {HoverPreview} from '../state/state_types.js' */
/** @import {PyramidLevel} from './image_pyramid.js' */
/** @import {Scene} from './scene.js' */

import { shownHover } from '../state/hover.js';
import { currentImage } from '../state/selectors.js';
import { createFrameScheduler } from './frame_scheduler.js';
import { drawImageLayer } from './image_layer.js';
import { drawHoverLayer } from './hover_layer.js';
import { createLayer } from './layer_canvas.js';
import { drawMaskLayer } from './mask_layer.js';
import { drawPromptLayer } from './prompt_layer.js';
import { buildHover, buildScene } from './scene.js';

/**
 * @typedef {{image: HTMLCanvasElement, masks: HTMLCanvasElement, hover: HTMLCanvasElement, prompts: HTMLCanvasElement}} CanvasStack
 */

/**
 * @typedef {object} OverlayRenderer
 * @property {(levels: readonly PyramidLevel[]) => void} setPhoto the photograph to show; none while it is loading
 * @property {() => void} invalidate something outside the session changed, an outline for example
 * @property {(size: Size, pixelRatio: number) => void} resize the canvas area got another size, in CSS pixels
 * @property {() => void} update the session changed
 */

/**
 * Make the renderer.
 *
 * @param {CanvasStack} canvases bottom first: photograph, masks, preview, prompts
 * @param {object} sources where it looks
 * @param {() => SessionState} sources.state the session
 * @param {(rle: Rle) => Contours | null} sources.contoursOf outline of a kept mask
 * @returns {OverlayRenderer} the renderer
 */
export function createOverlayRenderer(canvases, { state: getState, contoursOf }) {
  const layers = {
    image: createLayer(canvases.image),
    masks: createLayer(canvases.masks),
    hover: createLayer(canvases.hover),
    prompts: createLayer(canvases.prompts),
  };
  /** @type {readonly PyramidLevel[]} */
  let levels = [];
  let pixelRatio = 1;
  /** @type {SessionState | null} */
  let drawn = null;
  /** @type {HoverPreview | null} */
  let drawnHover = null;
  /** @type {Scene | null} */
  let scene = null;

  const draw = () => {
    const state = getState();
    const before = drawn;
    drawn = state;
    const image = currentImage(state);
    const { viewport } = state;
    if (!image || !viewport) {
      for (const layer of Object.values(layers)) layer.clear();
      return;
    }
    if (!before || VIEW_PARTS.some((part) => before[part] !== state[part])) {
      drawImageLayer(layers.image, levels, image, { viewport, pixelRatio });
    }
    const hover = shownHover(state);
    if (!scene || !before || SCENE_PARTS.some((part) => before[part] !== state[part])) {
      scene = buildScene(state, contoursOf);
      drawMaskLayer(layers.masks, scene.masks, viewport);
    } else if (hover === drawnHover) return;
    drawnHover = hover;
    drawHoverLayer(layers.hover, buildHover(state), viewport);
    drawPromptLayer(layers.prompts, { ...scene, hover }, viewport);
  };
  const frames = createFrameScheduler(draw);
  const invalidate = () => {
    drawn = null;
    frames.request();
  };

  return {
    setPhoto(photo) {
      levels = photo;
      invalidate();
    },
    invalidate,
    resize(size, ratio) {
      pixelRatio = ratio;
      for (const layer of Object.values(layers)) layer.resize(size, ratio);
      drawn = null;
      // A resized canvas is empty: drawing it in the same frame avoids a flash.
      frames.request();
      frames.flush();
    },
    update: frames.request,
  };
}

/** @type {(keyof SessionState)[]} */
const VIEW_PARTS = ['viewport', 'currentImageId'];

/** @type {(keyof SessionState)[]} */
const SCENE_PARTS = [...VIEW_PARTS, 'documents', 'categories', 'preview', 'hoveredKey', 'hiddenKeys', 'masksVisible'];
