/** Draws readings with WebGL2, straight from their logits: what it costs depends on the screen, not on the image. */

/** @import {Size, Viewport} from '../types.js' */
/** @import {ReadingItem} from './scene.js' */
/** @import {ReadingLayer} from './reading_layer.js' */

import { frameOf } from '../masks/placement.js';
import { FRAGMENT_SHADER, VERTEX_SHADER } from './reading_shader.js';
import { LOOKS } from './reading_looks.js';

const LOGITS_UNIT = 0;
const OVER_UNIT = 1;

/** What a renderer calls itself that has no graphics card under it. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/**
 * Say why this browser's WebGL2 is not worth using.
 *
 * @param {WebGL2RenderingContext} gl a context
 * @returns {string | null} null when there is a graphics card
 */
export function softwareRenderer(gl) {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return SOFTWARE.test(name) ? name : null;
}

/**
 * Make the layer.
 *
 * @param {HTMLCanvasElement} canvas the element that the context belongs to
 * @param {WebGL2RenderingContext} gl its context
 * @returns {ReadingLayer} the layer
 * @throws {Error} if the graphics driver refuses the program
 */
export function createGlLayer(canvas, gl) {
  let parts = prepare(gl);
  let ratio = 1;
  // The browser may take the graphics memory away and give it back later.
  canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
  canvas.addEventListener('webglcontextrestored', () => {
    parts = prepare(gl);
  });

  return {
    kind: 'webgl2',
    resize(size, pixelRatio) {
      ratio = pixelRatio;
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
    },
    draw(items, viewport) {
      if (gl.isContextLost()) return;
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.disable(gl.SCISSOR_TEST);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      for (const item of items) drawItem(gl, parts, item, { viewport, ratio, height: canvas.height });
    },
  };
}

/** @typedef {ReturnType<typeof prepare>} Parts */

/** @param {WebGL2RenderingContext} gl the context */
function prepare(gl) {
  const program = gl.createProgram();
  for (const [type, source] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, FRAGMENT_SHADER],
  ])) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('WebGL2 must give a shader, got none');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`WebGL2 must take the program that draws masks: ${gl.getProgramInfoLog(program)}`);
  }
  gl.useProgram(program);
  gl.bindVertexArray(gl.createVertexArray());
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
  /** @type {Map<string, WebGLUniformLocation | null>} */
  const places = new Map();
  /** @type {(name: string) => WebGLUniformLocation | null} */
  const place = (name) => {
    if (!places.has(name)) places.set(name, gl.getUniformLocation(program, `u_${name}`));
    return places.get(name) ?? null;
  };
  gl.uniform1i(place('logits'), LOGITS_UNIT);
  gl.uniform1i(place('over'), OVER_UNIT);
  return { place, textures: [createTexture(gl), createTexture(gl)] };
}

/** @typedef {{texture: WebGLTexture, holds: Float32Array | null, side: number}} LogitsTexture */

/** @type {(gl: WebGL2RenderingContext) => LogitsTexture} */
function createTexture(gl) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  return { texture, holds: null, side: 0 };
}

/**
 * @param {WebGL2RenderingContext} gl the context
 * @param {LogitsTexture} target gets the logits, unless it holds them already
 * @param {number} unit where the program reads it
 * @param {{logits: Float32Array, side: number}} mask what it gets
 */
function fill(gl, target, unit, { logits, side }) {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, target.texture);
  if (target.holds === logits) return;
  if (target.side === side) gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, side, side, gl.RED, gl.FLOAT, logits);
  else gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, side, side, 0, gl.RED, gl.FLOAT, logits);
  target.holds = logits;
  target.side = side;
}

/**
 * @param {WebGL2RenderingContext} gl the context
 * @param {Parts} parts program and textures
 * @param {ReadingItem} item what is drawn
 * @param {{viewport: Viewport, ratio: number, height: number}} view how the image is shown
 */
function drawItem(gl, { place, textures }, item, { viewport, ratio, height }) {
  const { mask, over, look } = item;
  const { inputSize, modelSize } = mask.placement;
  // The program draws what the logits lie on as if it were all of the image: a part of it is shifted to its place.
  const frame = frameOf(mask.placement);
  fill(gl, textures[LOGITS_UNIT], LOGITS_UNIT, mask);
  if (over) fill(gl, textures[OVER_UNIT], OVER_UNIT, over);
  const scale = viewport.scale * ratio;
  const offset = [viewport.offsetX * ratio + frame.x * scale, viewport.offsetY * ratio + frame.y * scale];
  const { fill: opacity, dashed } = LOOKS[look];
  gl.uniform2f(place('offset'), offset[0], offset[1]);
  gl.uniform1f(place('scale'), scale);
  gl.uniform1f(place('canvasHeight'), height);
  gl.uniform1f(place('pixelRatio'), ratio);
  gl.uniform2f(place('imageSize'), frame.width, frame.height);
  gl.uniform2f(place('inputSize'), inputSize.width, inputSize.height);
  gl.uniform1f(place('modelSize'), modelSize);
  gl.uniform1f(place('side'), mask.side);
  gl.uniform1f(place('threshold'), item.threshold);
  gl.uniform1f(place('overThreshold'), over?.threshold ?? 0);
  gl.uniform1i(place('hasOver'), over ? 1 : 0);
  gl.uniform1i(place('dashed'), dashed ? 1 : 0);
  gl.uniform1i(place('uncertain'), item.uncertain ? 1 : 0);
  gl.uniform3f(place('color'), ...rgbOf(item.color));
  gl.uniform1f(place('fill'), over ? opacity / 2 : opacity);
  limitTo(gl, offset, scale, frame, height);
  gl.drawArrays(gl.TRIANGLES, 0, 3);
}

/**
 * Leave out what lies beside what is drawn.
 *
 * @param {WebGL2RenderingContext} gl the context
 * @param {number[]} offset of it, in screen pixels
 * @param {number} scale screen pixels per image pixel
 * @param {Size} size of it, in image pixels
 * @param {number} height of the canvas, in screen pixels
 */
function limitTo(gl, offset, scale, size, height) {
  const left = Math.floor(offset[0]);
  const top = Math.floor(offset[1]);
  const right = Math.ceil(offset[0] + size.width * scale);
  const bottom = Math.ceil(offset[1] + size.height * scale);
  gl.enable(gl.SCISSOR_TEST);
  gl.scissor(left, height - bottom, right - left, bottom - top);
}

/** @type {(color: string) => [number, number, number]} `#rrggbb` as shares of full light */
function rgbOf(color) {
  const bits = Number.parseInt(color.slice(1), 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
}
