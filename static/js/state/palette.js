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
 * Choose a colour for a new class: the first of the palette that no class has.
 *
 * @param {readonly Category[]} categories the classes there are
 * @returns {string} `#rrggbb`
 */
export function nextColor(categories) {
  const taken = new Set(categories.map((category) => category.color.toLowerCase()));
  for (let index = 0; ; index += 1) {
    const color = paletteColor(index);
    if (!taken.has(color)) return color;
  }
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
