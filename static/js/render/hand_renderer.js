/** Draws what hands are doing: the tip of the brush, the stroke under it, lines and the points of outlines. */

/** @import {CanvasPoint, Ring, Size, StrokePoint, Viewport} from '../types.js' */
/** @import {Outline, SessionState, StrokePreview} from '../state/state_types.js' */

import { imageToCanvas } from '../geometry/viewport.js';
import { lookOf } from '../state/looks.js';
import { categoryById, currentImage, effectiveCategoryId, openOutline } from '../state/selectors.js';
import { createFrameScheduler } from './frame_scheduler.js';
import { createLayer, inImageSpace } from './layer_canvas.js';
import { drawGrid, drawMeasure } from './measure_layer.js';

const HALO = 'rgba(10, 11, 13, 0.75)';
const LINE = '#ffffff';
const REMOVED = '#ff5a4f';
const NO_CLASS_COLOR = '#a4a9b1';
const STROKE_OPACITY = 0.5;
const RING_FILL = 0.25;
const POINT_SIDE = 7;

/**
 * @typedef {object} HandRenderer
 * @property {() => void} update the session changed
 * @property {(size: Size, pixelRatio: number) => void} resize the canvas area got another size, in CSS pixels
 */

/**
 * Make the renderer.
 *
 * @param {HTMLCanvasElement} canvas above the masks
 * @param {() => SessionState} getState the session
 * @returns {HandRenderer} the renderer; it draws nothing while no hand tool is used
 */
export function createHandRenderer(canvas, getState) {
  const layer = createLayer(canvas);
  /** @type {SessionState | null} */
  let drawn = null;
  const draw = () => {
    const state = getState();
    if (drawn && HAND_PARTS.every((part) => drawn?.[part] === state[part])) return;
    drawn = state;
    layer.clear();
    if (state.viewport) drawHand(layer.context, state, state.viewport);
  };
  const frames = createFrameScheduler(draw);
  return {
    update: frames.request,
    resize(size, ratio) {
      layer.resize(size, ratio);
      drawn = null;
      frames.request();
      frames.flush();
    },
  };
}

/** @type {(keyof SessionState)[]} */
const HAND_PARTS = [
  'viewport',
  'preview',
  'tool',
  'brushSize',
  'cursor',
  'documents',
  'currentImageId',
  'activeCategoryId',
  'looks',
  'projectId',
  'measure',
  'settings',
];

/** @type {(context: CanvasRenderingContext2D, state: SessionState, viewport: Viewport) => void} */
function drawHand(context, state, viewport) {
  const color = categoryById(state, effectiveCategoryId(state) ?? -1)?.color ?? NO_CLASS_COLOR;
  const image = currentImage(state);
  if (image && state.canvasSize && lookOf(state).grid) drawGrid(context, image, state.canvasSize, viewport);
  drawPreview(context, state, color, viewport);
  const outline = openOutline(state);
  if (outline) drawOutline(context, outline, state, color, viewport);
  if (state.measure) drawMeasure(context, state.measure, viewport);
  const paints = state.tool === 'brush' || state.tool === 'eraser';
  if (paints && state.cursor) drawTip(context, imageToCanvas(viewport, state.cursor), state.brushSize * viewport.scale);
}

/** @type {(context: CanvasRenderingContext2D, state: SessionState, color: string, viewport: Viewport) => void} */
function drawPreview(context, { preview }, color, viewport) {
  const { stroke, ring, line } = preview ?? {};
  if (stroke) drawStroke(context, stroke, color, viewport);
  if (line) drawRings(context, [line], { color, fills: false }, viewport);
  if (ring) drawRings(context, [ring], { color, fills: true }, viewport);
}

/** @type {(context: CanvasRenderingContext2D, stroke: StrokePreview, color: string, viewport: Viewport) => void} */
function drawStroke(context, { points, erases }, color, viewport) {
  inImageSpace(context, viewport, () => {
    context.globalAlpha = STROKE_OPACITY;
    context.fillStyle = erases ? REMOVED : color;
    context.fill(pathOfStroke(points), 'nonzero');
    context.globalAlpha = 1;
  });
}

/** The path of the stroke in progress grows with it, so that a long one is not built again for every frame. */
let growing = { path: /** @type {Path2D | null} */ (null), points: /** @type {readonly StrokePoint[]} */ ([]) };

/**
 * @param {readonly StrokePoint[]} points the tip's places so far
 * @returns {Path2D} discs and what lies between them, all turning the same way
 */
function pathOfStroke(points) {
  const goesOn = growing.path && growing.points[0] === points[0] && growing.points.length <= points.length;
  const path = (goesOn && growing.path) || new Path2D();
  for (let at = goesOn ? growing.points.length : 0; at < points.length; at += 1) {
    const tip = points[at];
    path.moveTo(tip.x + tip.radius, tip.y);
    path.arc(tip.x, tip.y, tip.radius, 0, 2 * Math.PI);
    if (at > 0) addBody(path, points[at - 1], tip);
  }
  growing = { path, points };
  return path;
}

/** @type {(path: Path2D, a: StrokePoint, b: StrokePoint) => void} */
function addBody(path, a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return;
  const [across, down] = [(b.y - a.y) / length, -(b.x - a.x) / length];
  path.moveTo(a.x + across * a.radius, a.y + down * a.radius);
  path.lineTo(b.x + across * b.radius, b.y + down * b.radius);
  path.lineTo(b.x - across * b.radius, b.y - down * b.radius);
  path.lineTo(a.x - across * a.radius, a.y - down * a.radius);
  path.closePath();
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {readonly Ring[]} rings in image pixels
 * @param {{color: string, fills: boolean}} look of the inside
 * @param {Viewport} viewport how the image is shown
 */
function drawRings(context, rings, { color, fills }, viewport) {
  context.beginPath();
  for (const ring of rings) {
    ring.forEach((point, index) => {
      const { x, y } = imageToCanvas(viewport, point);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    if (fills) context.closePath();
  }
  if (fills) {
    context.globalAlpha = RING_FILL;
    context.fillStyle = color;
    context.fill('evenodd');
    context.globalAlpha = 1;
  }
  context.lineJoin = 'round';
  context.strokeStyle = HALO;
  context.lineWidth = 3.5;
  context.stroke();
  context.strokeStyle = LINE;
  context.lineWidth = 1.5;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Outline} outline that is drawn or edited
 * @param {Pick<SessionState, 'cursor'>} state where the pointer is
 * @param {string} color of the class
 * @param {Viewport} viewport how the image is shown
 */
function drawOutline(context, { rings, open, erases }, { cursor }, color, viewport) {
  const shown = open && cursor ? [[...rings[0], cursor]] : rings;
  drawRings(context, shown, { color: erases ? REMOVED : color, fills: !open }, viewport);
  for (const ring of rings) for (const point of ring) drawPoint(context, imageToCanvas(viewport, point));
}

/** @type {(context: CanvasRenderingContext2D, at: CanvasPoint) => void} */
function drawPoint(context, { x, y }) {
  const [left, top] = [Math.round(x - POINT_SIDE / 2), Math.round(y - POINT_SIDE / 2)];
  context.fillStyle = HALO;
  context.fillRect(left - 1, top - 1, POINT_SIDE + 2, POINT_SIDE + 2);
  context.fillStyle = LINE;
  context.fillRect(left, top, POINT_SIDE, POINT_SIDE);
}

/** @type {(context: CanvasRenderingContext2D, at: CanvasPoint, diameter: number) => void} */
function drawTip(context, { x, y }, diameter) {
  for (const [style, width] of /** @type {const} */ ([
    [HALO, 3],
    [LINE, 1.25],
  ])) {
    context.beginPath();
    context.arc(x, y, Math.max(diameter / 2, 1), 0, 2 * Math.PI);
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
  }
}
