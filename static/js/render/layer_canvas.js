/** One canvas of the stack, with as many pixels as the screen has under it. */

/** @import {Size, Viewport} from '../types.js' */

/**
 * @typedef {object} Layer
 * @property {CanvasRenderingContext2D} context its drawing context
 * @property {number} ratio pixels of the screen per CSS pixel
 * @property {(size: Size, pixelRatio: number) => void} resize in CSS pixels
 * @property {() => void} clear wipes it and goes back to CSS pixels
 */

/**
 * Make a layer of a canvas element.
 *
 * @param {HTMLCanvasElement} canvas the element
 * @returns {Layer} the layer
 * @throws {Error} if the browser gives no drawing context
 */
export function createLayer(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser must give a 2d canvas context, got none; close other tabs and reload');
  let ratio = 1;
  return {
    context,
    get ratio() {
      return ratio;
    },
    resize(size, pixelRatio) {
      ratio = pixelRatio;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
    },
    clear() {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
    },
  };
}

/**
 * Draw in image pixels until the function returns.
 *
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {Viewport} view where the image lies
 * @param {() => void} draw draws in image pixels
 */
export function inImageSpace(context, view, draw) {
  context.save();
  context.translate(view.offsetX, view.offsetY);
  context.scale(view.scale, view.scale);
  draw();
  context.restore();
}
