/**
 * The two bilinear steps of the reference (low-resolution logits to the padded model square, crop, to image size),
 * joined to one set of weights per output row and column.
 */

/** How many neighbouring low-resolution values one output value can depend on, per axis. */
export const TAP_COUNT = 3;

/**
 * Weights along one axis. Output i is the sum over k of `weights[3 * i + k] * low[bases[i] + k]`; an index beyond the
 * last value has weight 0. Outputs of equal base follow each other: group g starts at `groupStarts[g]`.
 *
 * @typedef {{ bases: Int32Array, weights: Float64Array, groupStarts: Int32Array }} AxisTaps
 */

/**
 * Find the two source values of an output value, with the rounding of 32-bit floats that torch has.
 *
 * @param {number} index - Of the output value.
 * @param {number} scale - Source length / output length.
 * @param {number} sourceLength - Number of source values.
 * @returns {{ low: number, high: number, fraction: number }} Output = (1 - fraction) * low + fraction * high.
 */
function sourcePosition(index, scale, sourceLength) {
  const centre = Math.fround(Math.fround((index + 0.5) * scale) - 0.5);
  const position = Math.max(centre, 0);
  const low = Math.min(Math.floor(position), sourceLength - 1);
  const high = Math.min(low + 1, sourceLength - 1);
  return { low, high, fraction: Math.min(position - low, 1) };
}

/**
 * Join both steps along one axis.
 *
 * @param {number} side - Number of low-resolution values.
 * @param {number} modelSize - Length after the first step, in model pixels; at least `side`.
 * @param {number} inputLength - How much of that is image and not padding, in model pixels.
 * @param {number} imageLength - Length after the second step, in image pixels.
 * @returns {AxisTaps} The weights, for every image pixel along the axis.
 * @throws {RangeError} If the sizes do not fit together.
 */
export function axisTaps(side, modelSize, inputLength, imageLength) {
  if (modelSize < side || inputLength < 1 || inputLength > modelSize) {
    throw new RangeError(
      `sizes must satisfy side <= modelSize and 1 <= inputLength <= modelSize, got ${side}, ${modelSize}, ${inputLength}`,
    );
  }
  const bases = new Int32Array(imageLength);
  const weights = new Float64Array(TAP_COUNT * imageLength);
  const groupStarts = [];
  const toInput = Math.fround(inputLength / imageLength);
  const toLow = Math.fround(side / modelSize);
  for (let index = 0; index < imageLength; index += 1) {
    const outer = sourcePosition(index, toInput, inputLength);
    const first = sourcePosition(outer.low, toLow, side);
    const second = sourcePosition(outer.high, toLow, side);
    const base = first.low;
    const at = TAP_COUNT * index - base;
    bases[index] = base;
    weights[at + first.low] += (1 - outer.fraction) * (1 - first.fraction);
    weights[at + first.high] += (1 - outer.fraction) * first.fraction;
    weights[at + second.low] += outer.fraction * (1 - second.fraction);
    weights[at + second.high] += outer.fraction * second.fraction;
    if (index === 0 || bases[index - 1] !== base) groupStarts.push(index);
  }
  return { bases, weights, groupStarts: Int32Array.from([...groupStarts, imageLength]) };
}
