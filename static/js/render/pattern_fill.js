/** Fills with the pattern of a class. A tile is drawn once for each colour and opacity, and has one size on the screen. */

/** @import {PatternName} from '../types.js' */

import { PATTERNS, TILE_SIDE } from '../state/patterns.js';

/** Between the lines the fill is fainter than a plain one, so that as much of the photograph is seen through both. */
const GROUND = 0.7;
/** The lines are that much stronger than a plain fill, but never hide the photograph. */
const LINES = { factor: 2.2, most: 0.9 };
/** More are not kept; opacities come from a slider. */
const MOST_FILLS = 400;

/** @type {Map<string, CanvasPattern>} */
const fills = new Map();

/**
 * @typedef {object} PatternLook
 * @property {PatternName} pattern not plain
 * @property {string} color `#rrggbb` of the class
 * @property {number} opacity of a plain fill, 0 to 1
 */

/**
 * Give the fill of a pattern. It lies still on the image; the opacity is in it.
 *
 * @param {PatternLook} look what it looks like
 * @param {{scale: number, ratio: number}} screen CSS pixels per image pixel, and pixels of the screen per CSS pixel
 * @returns {CanvasPattern} to be filled with in image pixels, before the next call for the same look
 * @throws {Error} if the browser gives no canvas for the tile
 */
export function patternFill({ pattern, color, opacity }, { scale, ratio }) {
  const key = `${pattern} ${color} ${opacity} ${ratio}`;
  let fill = fills.get(key);
  if (!fill) {
    if (fills.size >= MOST_FILLS) fills.clear();
    fill = makeFill({ pattern, color, opacity }, tilePixels(ratio));
    fills.set(key, fill);
  }
  const size = TILE_SIDE / tilePixels(ratio) / scale;
  fill.setTransform({ a: size, b: 0, c: 0, d: size, e: 0, f: 0 });
  return fill;
}

/** @type {(ratio: number) => number} a tile has whole pixels, so that its edges are not seen */
const tilePixels = (ratio) => Math.max(1, Math.round(TILE_SIDE * ratio));

/** @type {(look: PatternLook, side: number) => CanvasPattern} */
function makeFill({ pattern, color, opacity }, side) {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser must give a 2d canvas context, got none; close other tabs and reload');
  const { path, width } = PATTERNS[pattern];
  context.fillStyle = color;
  context.globalAlpha = GROUND * opacity;
  context.fillRect(0, 0, side, side);
  context.scale(side / TILE_SIDE, side / TILE_SIDE);
  context.globalAlpha = Math.min(LINES.most, LINES.factor * opacity);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.stroke(new Path2D(path));
  const fill = context.createPattern(canvas, 'repeat');
  if (!fill) throw new Error('the browser must make a pattern of a canvas, got none; reload the page');
  return fill;
}
