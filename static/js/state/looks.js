/** How photograph and masks look: what is usual, and what makes sense. */

/** @import {Look} from '../look_types.js' */
/** @import {SessionState} from './state_types.js' */

/** @type {Look} */
export const USUAL_LOOK = Object.freeze({
  opacity: 0.38,
  outlineOnly: false,
  brightness: 1,
  contrast: 1,
  gamma: 1,
  grid: false,
  minimap: true,
});

/** What the sliders reach. */
export const LOOK_RANGES = Object.freeze({
  opacity: { least: 0, most: 1, step: 0.05 },
  brightness: { least: 0.3, most: 2.5, step: 0.05 },
  contrast: { least: 0.3, most: 3, step: 0.05 },
  gamma: { least: 0.3, most: 3, step: 0.05 },
});

/** @typedef {keyof typeof LOOK_RANGES} LookNumber */

/**
 * Name the look of the project that is loaded.
 *
 * @param {Pick<SessionState, 'looks' | 'projectId'>} state the session
 * @returns {Look} the usual one until something was changed
 */
export function lookOf({ looks, projectId }) {
  return looks[projectId ?? -1] ?? USUAL_LOOK;
}

/**
 * Take over what can be used of a look.
 *
 * @param {unknown} found a look that another page has stored, whatever it holds
 * @param {Look} [look] what holds where it says nothing
 * @returns {Look} numbers within their range
 */
export function withLook(found, look = USUAL_LOOK) {
  const given = /** @type {Record<string, unknown>} */ (Object(found));
  /** @type {Record<string, number | boolean>} */
  const usable = {};
  for (const [name, { least, most }] of Object.entries(LOOK_RANGES)) {
    const value = given[name];
    if (typeof value === 'number' && !Number.isNaN(value)) usable[name] = Math.min(most, Math.max(least, value));
  }
  for (const name of ['outlineOnly', 'grid', 'minimap']) {
    const value = given[name];
    if (typeof value === 'boolean') usable[name] = value;
  }
  return { ...look, ...usable };
}

/**
 * Say whether the photograph is shown as it is.
 *
 * @param {Look} look the look
 * @returns {boolean} false when its light was changed
 */
export function isPlain({ brightness, contrast, gamma }) {
  return brightness === 1 && contrast === 1 && gamma === 1;
}

/**
 * Say how a value of the photograph is shown: brightness, then contrast around the middle, then gamma.
 *
 * @param {Look} look the look
 * @returns {{slope: number, intercept: number, exponent: number}} `(slope * value + intercept) ** exponent`, values from
 *   0 to 1
 */
export function transferOf({ brightness, contrast, gamma }) {
  return { slope: brightness * contrast, intercept: 0.5 - 0.5 * contrast, exponent: 1 / gamma };
}

/**
 * Choose the distance of the lines of a grid.
 *
 * @param {number} scale CSS pixels per image pixel
 * @returns {number} 1, 2 or 5 times a power of ten, in image pixels; the lines are not nearer than 48 CSS pixels, but
 *   from a zoom on where single pixels are seen, they are the pixels
 */
export function gridStep(scale) {
  if (scale >= PIXELS_FROM) return 1;
  const least = LEAST_DISTANCE / scale;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}

const LEAST_DISTANCE = 48;
const PIXELS_FROM = 8;
