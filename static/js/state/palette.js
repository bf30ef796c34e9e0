/** Colours for classes: ones that colour-blind people tell apart first, then generated ones of equal lightness. */

/** @import {Category} from './state_types.js' */

/**
 * The palette of Okabe and Ito without black, brightest on a photograph first.
 *
 * Source: Okabe and Ito 2008, "Color universal design".
 */
export const OKABE_ITO = Object.freeze(['#56b4e9', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#f0e442', '#0072b2']);

/** Turning by the golden angle keeps every new hue far from all earlier ones. */
const GOLDEN_ANGLE = 137.508;
/** Generated colours that are compared before one is chosen. */
const CHOICE = 48;
const LIGHTNESS = 0.74;
const CHROMA = 0.13;

/**
 * Name the colour at a position of the palette.
 *
 * @param {number} index from 0, without end
 * @returns {string} `#rrggbb`
 */
export function paletteColor(index) {
  return OKABE_ITO[index] ?? hexOfOklch(LIGHTNESS, CHROMA, (index * GOLDEN_ANGLE) % 360);
}

/**
 * Choose a colour for a new class: the first of Okabe and Ito's that no class has, after them the generated one that is
 * farthest from all that classes have.
 *
 * @param {readonly Category[]} categories the classes there are
 * @returns {string} `#rrggbb`
 */
export function nextColor(categories) {
  const taken = new Set(categories.map((category) => category.color.toLowerCase()));
  const first = OKABE_ITO.find((color) => !taken.has(color));
  if (first) return first;
  const places = [...taken].map(oklabOfHex);
  const free = [];
  for (let index = OKABE_ITO.length; free.length < CHOICE; index += 1) {
    const color = paletteColor(index);
    if (!taken.has(color)) free.push({ color, room: nearest(oklabOfHex(color), places) });
  }
  return free.reduce((best, other) => (other.room > best.room ? other : best)).color;
}

/**
 * Measure how differently two colours look.
 *
 * @param {string} one `#rrggbb`
 * @param {string} other `#rrggbb`
 * @returns {number} 0 for the same; black and white are 1 apart
 */
export function colorDistance(one, other) {
  return nearest(oklabOfHex(one), [oklabOfHex(other)]);
}

/** @typedef {readonly number[]} Oklab lightness, green to red, blue to yellow */

/** @type {(place: Oklab, places: readonly Oklab[]) => number} the shortest way */
function nearest(place, places) {
  return Math.min(...places.map((other) => Math.hypot(...place.map((value, axis) => value - other[axis]))));
}

/**
 * Source: Ottosson 2020, "A perceptual color space for image processing" (linear sRGB to Oklab).
 *
 * @param {string} hex `#rrggbb`
 * @returns {Oklab} where it lies
 */
function oklabOfHex(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => linearOfByte(Number.parseInt(hex.slice(at, at + 2), 16)));
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @type {(byte: number) => number} linear light of a channel of 0 to 255 */
function linearOfByte(byte) {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/**
 * Source: Ottosson 2020, "A perceptual color space for image processing" (Oklab to linear sRGB).
 *
 * @param {number} lightness 0 to 1
 * @param {number} chroma 0 for grey
 * @param {number} hue in degrees
 * @returns {string} `#rrggbb`, cut to what a screen can show
 */
function hexOfOklch(lightness, chroma, hue) {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map(hexOfLinear).join('')}`;
}

/**
 * @param {number} value linear light of one channel
 * @returns {string} two hexadecimal digits
 */
function hexOfLinear(value) {
  const cut = Math.min(1, Math.max(0, value));
  const encoded = cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}
