/** Half-precision numbers: how embeddings and kept logits travel and are stored. */

/** Largest finite half float. */
const MAX_FLOAT16 = 65504;

/** @type {Float32Array | null} */
let valuesByBits = null;

/**
 * Compute the value of one half float.
 *
 * @param {number} bits - Sign, five bits of exponent, ten bits of fraction.
 * @returns {number}
 */
function valueOfBits(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * Widen half floats.
 *
 * @param {Uint16Array} halves - The bits of half floats.
 * @returns {Float32Array} The same numbers, exactly.
 */
export function decodeFloat16(halves) {
  valuesByBits ??= Float32Array.from({ length: 0x10000 }, (_, bits) => valueOfBits(bits));
  const values = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index += 1) values[index] = valuesByBits[halves[index]];
  return values;
}

/**
 * Round to half floats: to the nearest, of two equally near ones to the even one.
 *
 * @param {Float32Array} values - Numbers beyond the range of half floats become the largest finite one.
 * @returns {Uint16Array} The bits of half floats.
 */
export function encodeFloat16(values) {
  const halves = new Uint16Array(values.length);
  const number = new Float32Array(1);
  const bits = new Uint32Array(number.buffer);
  for (let index = 0; index < values.length; index += 1) {
    number[0] = Math.min(Math.max(values[index], -MAX_FLOAT16), MAX_FLOAT16);
    halves[index] = halfOfBits(bits[0]);
  }
  return halves;
}

/**
 * @param {number} single - The bits of a 32-bit float within the range of half floats, or of NaN.
 * @returns {number} The bits of the nearest half float.
 */
function halfOfBits(single) {
  const sign = (single >>> 16) & 0x8000;
  const exponent = (single >>> 23) & 0xff;
  const fraction = single & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7e00;
  const halfExponent = exponent - 112;
  if (halfExponent >= 1) return sign | roundShift((halfExponent << 23) | fraction, 13);
  const shift = 14 - halfExponent;
  return shift > 24 ? sign : sign | roundShift(0x800000 | fraction, shift);
}

/**
 * @param {number} value - A whole number of 31 bits at most.
 * @param {number} shift - How many low bits go.
 * @returns {number} Rounded to the nearest, ties to even; a carry runs on into the exponent, as it must.
 */
function roundShift(value, shift) {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept;
}
