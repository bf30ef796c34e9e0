/** Keeps the stack of canvases equal to the session: each layer is drawn again only when what it shows changed. */

/** @import {Contours, MaskReading, Rle, Size, Viewport} from '../types.js' */
/** @import {SessionState} from '../state/state_types.js' */
/** @import {LayerWish, ReadingLayer} from './reading_layer.js' */
/** @import {PyramidLevel} from './image_pyramid.js' */
/** @import {Scene} from './scene.js' */

import { hoverMask, shownHover } from '../state/hover.js';
import { currentImage } from '../state/selectors.js';
import { createFrameScheduler } from './frame_scheduler.js';
import { drawImageLayer } from './image_layer.js';
import { createLayer } from './layer_canvas.js';
import { createMaskPicture } from './mask_picture.js';
import { drawPromptLayer } from './prompt_layer.js';
import { createReadingLayer } from './reading_layer.js';
import { buildReadings, buildScene } from './scene.js';

/**
 * @typedef {{image: HTMLCanvasElement, masks: HTMLCanvasElement, hover: HTMLCanvasElement, prompts: HTMLCanvasElement}} CanvasStack
 */

/**
 * @typedef {object} OverlayRenderer
 * @property {(levels: readonly PyramidLevel[]) => void} setPhoto the photograph to show; none while it is loading
 * @property {() => void} invalidate something outside the session changed, an outline for example
 * @property {(size: Size, pixelRatio: number) => void} resize the canvas area got another size, in CSS pixels
 * @property {() => void} update the session changed
 * @property {ReadingLayer} readings the layer of masks that come as logits: what draws it, and why
 */

/**
 * Make the renderer.
 *
 * @param {CanvasStack} canvases bottom first: photograph, masks, preview, prompts
 * @param {object} sources where it looks
 * @param {() => SessionState} sources.state the session
 * @param {(rle: Rle) => Contours | null} sources.contoursOf outline of a kept mask
 * @param {LayerWish} [sources.wish] what should draw the masks that come as logits
 * @returns {OverlayRenderer} the renderer
 */
export function createOverlayRenderer(canvases, { state: getState, contoursOf, wish }) {
  const { layers, readings, clear, resize } = createLayers(canvases, wish);
  /** @type {readonly PyramidLevel[]} */
  let levels = [];
  let pixelRatio = 1;
  let drawn = /** @type {SessionState | null} */ (null);
  let drawnHover = /** @type {MaskReading | null} */ (null);
  let scene = /** @type {Scene | null} */ (null);

  /** @type {(viewport: Viewport, state: SessionState, hover: MaskReading | null) => void} */
  const drawAnswers = (viewport, state, hover) => {
    drawnHover = hover;
    readings.draw(buildReadings(state), viewport);
    const point = shownHover(state)?.point;
    const label = hover && point ? { point, predictedIou: hover.predictedIou } : null;
    if (scene) drawPromptLayer(layers.prompts, { ...scene, label }, viewport);
  };

  const draw = () => {
    const state = getState();
    const before = drawn;
    drawn = state;
    const image = currentImage(state);
    const { viewport } = state;
    if (!image || !viewport) {
      clear();
      return;
    }
    if (hasChanged(before, state, VIEW_PARTS)) {
      drawImageLayer(layers.image, levels, image, { viewport, pixelRatio });
    }
    const hover = hoverMask(state);
    const sceneChanged = !scene || hasChanged(before, state, SCENE_PARTS);
    if (!sceneChanged && !hasChanged(before, state, VIEW_PARTS) && hover === drawnHover) return;
    if (!scene || sceneChanged) scene = buildScene(state, contoursOf);
    // While only the view moves the list of masks is the same one, which the picture takes as "nothing changed".
    if (sceneChanged || hasChanged(before, state, VIEW_PARTS)) picture.draw(layers.masks, scene.masks, viewport);
    drawAnswers(viewport, state, hover);
  };
  const frames = createFrameScheduler(draw);
  const invalidate = () => {
    drawn = null;
    frames.request();
  };
  const picture = createMaskPicture({ onRest: invalidate });

  return {
    readings,
    setPhoto(photo) {
      levels = photo;
      invalidate();
    },
    invalidate,
    resize(size, ratio) {
      pixelRatio = ratio;
      resize(size, ratio);
      picture.resize(size, ratio);
      drawn = null;
      // A resized canvas is empty: drawing it in the same frame avoids a flash.
      frames.request();
      frames.flush();
    },
    update: frames.request,
  };
}

/**
 * @param {CanvasStack} canvases bottom first
 * @param {LayerWish} [wish] what should draw the masks that come as logits
 */
function createLayers(canvases, wish) {
  const layers = {
    image: createLayer(canvases.image),
    masks: createLayer(canvases.masks),
    prompts: createLayer(canvases.prompts),
  };
  const readings = createReadingLayer(canvases.hover, wish);
  return {
    layers,
    readings,
    clear() {
      for (const layer of Object.values(layers)) layer.clear();
      readings.draw([], NO_VIEW);
    },
    resize(/** @type {Size} */ size, /** @type {number} */ ratio) {
      for (const layer of [...Object.values(layers), readings]) layer.resize(size, ratio);
    },
  };
}

/** @type {(before: SessionState | null, state: SessionState, parts: readonly (keyof SessionState)[]) => boolean} */
const hasChanged = (before, state, parts) => !before || parts.some((part) => before[part] !== state[part]);

const NO_VIEW = { scale: 1, offsetX: 0, offsetY: 0 };

/** @type {(keyof SessionState)[]} */
const VIEW_PARTS = ['viewport', 'currentImageId'];

/** @type {(keyof SessionState)[]} */
const SCENE_PARTS = [
  'currentImageId',
  'documents',
  'tool',
  'proposals',
  'proposalFilter',
  'hoveredProposal',
  'categories',
  'preview',
  'quick',
  'uncertaintyShown',
  'hoveredKey',
  'selectedKeys',
  'hiddenKeys',
  'lockedKeys',
  'masksVisible',
  'looks',
  'solo',
];
