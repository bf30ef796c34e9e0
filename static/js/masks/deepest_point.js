/** The places of a mask that are farthest from its border: where a person would click. */

import { bboxOfRuns, eachSpan } from './mask_runs.js';

/** @import { MaskRuns, Size } from '../types.js' */

/** Cells along the longer side of the mask's box; larger masks are looked at more coarsely. */
const MOST_CELLS = 160;
/** A further place must be at least this deep, as a part of the deepest one. */
const LEAST_DEPTH = 1 / 3;

/**
 * Find the deepest places of a mask, each outside the largest disc around the ones before.
 *
 * @param {MaskRuns} runs - The mask.
 * @param {Size} size - Of the image, in pixels.
 * @param {number} [count] - How many at most.
 * @returns {{x: number, y: number}[]} Centres of pixels of the mask, deepest first; none for an empty mask.
 */
export function deepestPoints(runs, size, count = 1) {
  if (runs.length === 0) return [];
  const grid = sample(runs, size);
  const depths = squaredDepths(grid);
  const [first] = deepest(depths);
  // A mask so thin that no sampled pixel is inside.
  if (depths[first] === 0) return [pixelCentre(runs[0], size)];
  const least = LEAST_DEPTH ** 2 * depths[first];
  /** @type {{x: number, y: number}[]} */
  const found = [];
  for (let [cell, depth] = deepest(depths); found.length < count && depth >= least; [cell, depth] = deepest(depths)) {
    found.push(grid.centreOf(cell));
    clearDisc(depths, grid, cell, depth);
  }
  return found;
}

/**
 * @typedef {object} Grid
 * @property {Uint8Array} inside row by row, with a border of cells outside
 * @property {number} columns
 * @property {number} rows
 * @property {(cell: number) => {x: number, y: number}} centreOf the pixel that a cell stands for
 */

/** @type {(runs: MaskRuns, size: Size) => Grid} */
function sample(runs, { height }) {
  const [left, top, boxWidth, boxHeight] = bboxOfRuns(runs, height);
  const step = Math.max(1, Math.ceil(Math.max(boxWidth, boxHeight) / MOST_CELLS));
  const middle = Math.floor(step / 2);
  const columns = Math.ceil((boxWidth - middle) / step) + 2;
  const rows = Math.ceil((boxHeight - middle) / step) + 2;
  const inside = new Uint8Array(columns * rows);
  eachSpan(runs, height, (x, first, end) => {
    const column = (x - left - middle) / step;
    if (!Number.isInteger(column)) return;
    const from = Math.max(0, Math.ceil((first - top - middle) / step));
    for (let row = from; top + middle + row * step < end; row += 1) inside[(row + 1) * columns + column + 1] = 1;
  });
  const pixel = (/** @type {number} */ start, /** @type {number} */ cell) => start + middle + (cell - 1) * step + 0.5;
  const centreOf = (/** @type {number} */ cell) => ({
    x: pixel(left, cell % columns),
    y: pixel(top, Math.floor(cell / columns)),
  });
  return { inside, columns, rows, centreOf };
}

/** @type {(grid: Grid) => Float64Array} squared distance of each cell to the nearest one outside */
function squaredDepths({ inside, columns, rows }) {
  const vertical = new Float64Array(inside.length);
  for (let column = 0; column < columns; column += 1) {
    for (let row = 1; row < rows; row += 1) {
      const cell = row * columns + column;
      vertical[cell] = inside[cell] ? vertical[cell - columns] + 1 : 0;
    }
    for (let row = rows - 2; row >= 0; row -= 1) {
      const cell = row * columns + column;
      vertical[cell] = Math.min(vertical[cell], vertical[cell + columns] + 1);
    }
  }
  const depths = new Float64Array(inside.length);
  for (let cell = 0; cell < inside.length; cell += 1) {
    if (!inside[cell]) continue;
    let best = vertical[cell] ** 2;
    const column = cell % columns;
    // Beyond the present best distance no other column can be nearer.
    for (let away = 1; away * away < best; away += 1) {
      if (column >= away) best = Math.min(best, away * away + vertical[cell - away] ** 2);
      if (column + away < columns) best = Math.min(best, away * away + vertical[cell + away] ** 2);
    }
    depths[cell] = best;
  }
  return depths;
}

/** @type {(depths: Float64Array) => [cell: number, depth: number]} */
function deepest(depths) {
  let at = 0;
  for (let cell = 1; cell < depths.length; cell += 1) if (depths[cell] > depths[at]) at = cell;
  return [at, depths[at]];
}

/** @type {(depths: Float64Array, grid: Grid, centre: number, depth: number) => void} */
function clearDisc(depths, { columns }, centre, depth) {
  const [x, y] = [centre % columns, Math.floor(centre / columns)];
  for (let cell = 0; cell < depths.length; cell += 1) {
    if (((cell % columns) - x) ** 2 + (Math.floor(cell / columns) - y) ** 2 <= depth) depths[cell] = 0;
  }
}

/** @type {(position: number, size: Size) => {x: number, y: number}} */
const pixelCentre = (position, { height }) => ({
  x: Math.floor(position / height) + 0.5,
  y: (position % height) + 0.5,
});
