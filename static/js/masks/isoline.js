/**
 * Smooth outlines straight from low-resolution logits, without a mask at image size: what a preview needs. The cost
 * depends on the side of the logits alone.
 */

/** @import { LogitsPlacement, SmoothOutline } from '../types.js' */

import { frameOf } from './placement.js';

/** Stands for everything beside the image, so that rings close along its border. */
const OUTSIDE = -Infinity;

/**
 * Where the segments of a cell begin and end, by which of its corners are inside (8 top left, 4 top right, 2 bottom
 * right, 1 bottom left). 0 is the top edge, 1 the right, 2 the bottom, 3 the left one. The inside is always on the same
 * hand, so that segments of neighbouring cells join. The two saddles are listed for a centre that is outside.
 *
 * Source: Lorensen and Cline 1987, "Marching cubes", in two dimensions.
 *
 * @type {readonly (readonly number[])[]}
 */
const SEGMENTS = [
  ...[[], [3, 2], [2, 1], [3, 1]],
  ...[
    [1, 0],
    [3, 2, 1, 0],
    [2, 0],
    [3, 0],
  ],
  ...[
    [0, 3],
    [0, 2],
    [0, 3, 2, 1],
    [0, 1],
  ],
  ...[[1, 3], [1, 2], [2, 3], []],
];

/** The two saddles for a centre that is inside. */
const JOINED_SADDLES = new Map([
  [5, [3, 0, 1, 2]],
  [10, [0, 1, 2, 3]],
]);

const NO_CROSSING = -1;

/**
 * Trace the line where the logits cross the threshold.
 *
 * @param {Float32Array} logits - Low-resolution logits, row by row, side * side values.
 * @param {number} side - Of the square of logits.
 * @param {LogitsPlacement} placement - The sizes between logits and image.
 * @returns {SmoothOutline} In image pixels, between the centres of logits by linear interpolation. The exact mask may
 *   differ from it by a fraction of a logit's cell.
 */
export function outlineOfLogits(logits, side, placement) {
  const columns = gridLines(side, placement, 'width');
  const rows = gridLines(side, placement, 'height');
  const grid = sampleGrid(logits, side, columns, rows, placement.threshold);
  return joinCrossings(grid, columns, rows);
}

/**
 * Positions along one axis, in image pixels, and the logits that count there: the left of each pair, and the share of
 * the right one.
 *
 * @typedef {{ at: Float64Array, low: Int32Array, share: Float64Array }} GridLines
 */

/**
 * @param {number} side
 * @param {LogitsPlacement} placement
 * @param {'width' | 'height'} axis
 * @returns {GridLines} The border of what the logits lie on, the centres of logits on it, the other border; the borders stand twice,
 *   the second time for the outside.
 */
function gridLines(side, { imageSize, crop, inputSize, modelSize }, axis) {
  const cell = modelSize / side;
  const frame = frameOf({ imageSize, crop });
  const start = axis === 'width' ? frame.x : frame.y;
  const toImage = frame[axis] / inputSize[axis];
  const inner = [];
  for (let index = 0; index < side; index += 1) {
    const centre = (index + 0.5) * cell;
    if (centre > 0 && centre < inputSize[axis]) inner.push(centre);
  }
  const at = [0, 0, ...inner, inputSize[axis], inputSize[axis]];
  const positions = at.map((centre) => Math.min(Math.max(centre / cell - 0.5, 0), side - 1));
  const low = positions.map((position) => Math.min(Math.floor(position), Math.max(side - 2, 0)));
  return {
    at: Float64Array.from(at, (centre) => start + centre * toImage),
    low: Int32Array.from(low),
    share: Float64Array.from(positions, (position, index) => position - low[index]),
  };
}

/**
 * @param {Float32Array} logits
 * @param {number} side
 * @param {GridLines} columns
 * @param {GridLines} rows
 * @param {number} threshold
 * @returns {Float64Array} Distance to the threshold at every crossing of grid lines, positive inside.
 */
function sampleGrid(logits, side, columns, rows, threshold) {
  const [width, height] = [columns.at.length, rows.at.length];
  const grid = new Float64Array(width * height).fill(OUTSIDE);
  for (let y = 1; y < height - 1; y += 1) {
    const top = rows.low[y] * side;
    const below = rows.share[y];
    for (let x = 1; x < width - 1; x += 1) {
      const corner = top + columns.low[x];
      const right = columns.share[x];
      const upper = logits[corner] * (1 - right) + (right > 0 ? logits[corner + 1] * right : 0);
      const lower =
        below > 0 ? logits[corner + side] * (1 - right) + (right > 0 ? logits[corner + side + 1] * right : 0) : 0;
      grid[y * width + x] = upper * (1 - below) + lower * below - threshold;
    }
  }
  return grid;
}

/**
 * @param {Float64Array} grid
 * @param {GridLines} columns
 * @param {GridLines} rows
 * @returns {SmoothOutline}
 */
function joinCrossings(grid, columns, rows) {
  const width = columns.at.length;
  const next = linkCrossings(grid, width, rows.at.length);
  /** @type {number[]} */
  const points = [];
  const ringStarts = [];
  for (let first = 0; first < next.length; first += 1) {
    if (next[first] === NO_CROSSING) continue;
    ringStarts.push(points.length / 2);
    let crossing = first;
    while (next[crossing] !== NO_CROSSING) {
      pushCrossing(points, crossing, grid, columns, rows);
      const following = next[crossing];
      next[crossing] = NO_CROSSING;
      crossing = following;
    }
  }
  return { points: Float32Array.from(points), ringStarts: Int32Array.from(ringStarts) };
}

/**
 * @param {Float64Array} grid
 * @param {number} width
 * @param {number} height
 * @returns {Int32Array} Crossing -> the next one along the outline. Crossing 2 * i lies on the line from grid point i to
 *   its right neighbour, crossing 2 * i + 1 on the line downwards.
 */
function linkCrossings(grid, width, height) {
  const next = new Int32Array(2 * width * height).fill(NO_CROSSING);
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const at = y * width + x;
      const code =
        (grid[at] > 0 ? 8 : 0) |
        (grid[at + 1] > 0 ? 4 : 0) |
        (grid[at + width + 1] > 0 ? 2 : 0) |
        (grid[at + width] > 0 ? 1 : 0);
      if (code === 0 || code === 15) continue;
      const crossings = [2 * at, 2 * (at + 1) + 1, 2 * (at + width), 2 * at + 1];
      const segments = segmentsOf(code, grid[at] + grid[at + 1] + grid[at + width] + grid[at + width + 1]);
      for (let end = 0; end < segments.length; end += 2) next[crossings[segments[end]]] = crossings[segments[end + 1]];
    }
  }
  return next;
}

/**
 * @param {number} code
 * @param {number} sum - Of the four corners: its sign is that of the centre.
 */
function segmentsOf(code, sum) {
  return (sum > 0 && JOINED_SADDLES.get(code)) || SEGMENTS[code];
}

/**
 * @param {number[]} points - Gets x and y.
 * @param {number} crossing
 * @param {Float64Array} grid
 * @param {GridLines} columns
 * @param {GridLines} rows
 */
function pushCrossing(points, crossing, grid, columns, rows) {
  const width = columns.at.length;
  const from = crossing >> 1;
  const x = from % width;
  const y = (from - x) / width;
  const down = (crossing & 1) === 1;
  const share = crossingShare(grid[from], grid[down ? from + width : from + 1]);
  const [x1, y1] = down ? [x, y + 1] : [x + 1, y];
  points.push(
    columns.at[x] + share * (columns.at[x1] - columns.at[x]),
    rows.at[y] + share * (rows.at[y1] - rows.at[y]),
  );
}

/**
 * @param {number} here
 * @param {number} there
 * @returns {number} How far from here the value is 0; one of the two may be minus infinity.
 */
function crossingShare(here, there) {
  if (here === OUTSIDE) return 1;
  return there === OUTSIDE ? 0 : here / (here - there);
}
