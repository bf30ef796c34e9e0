/**
 * The words of the page in the language that was chosen. English stands in the code and is its own catalogue; every
 * other language is a file beside this one that maps the English words to its own.
 */

import { signal } from '@preact/signals';
import { GERMAN } from './german.js';

/** @typedef {'en' | 'de'} Language */

/** The languages by their code, each by its own name. */
export const LANGUAGES = /** @type {Readonly<Record<Language, string>>} */ (
  Object.freeze({ en: 'English', de: 'Deutsch' })
);

/** @type {Record<Language, Readonly<Record<string, string>>>} */
const CATALOGUES = { en: {}, de: GERMAN };

/** The language that is shown. Whatever is drawn with `text` is drawn again when it changes. */
export const language = signal(/** @type {Language} */ ('en'));

/**
 * Say something in the language that was chosen.
 *
 * @param {string} english the English words, with names of values in braces
 * @param {Record<string, string | number>} [values] what stands in place of the braces
 * @returns {string} the words; the English ones where the catalogue has no others
 */
export function text(english, values = {}) {
  const words = CATALOGUES[language.value][english] ?? english;
  return words.replace(/\{(\w+)\}/g, (braces, name) => (name in values ? shown(values[name]) : braces));
}

/**
 * Say something about a number of things.
 *
 * @param {number} count how many; `{count}` in the words
 * @param {string} one the English words for one thing
 * @param {string} many the English words for any other number
 * @param {Record<string, string | number>} [values] what else stands in place of braces
 * @returns {string} the words
 */
export function plural(count, one, many, values = {}) {
  return text(count === 1 ? one : many, { count, ...values });
}

/**
 * Mark words that are translated where they are shown.
 *
 * @param {string} english the English words
 * @returns {string} the same words
 */
export function phrase(english) {
  return english;
}

/**
 * Write a number as the language does.
 *
 * @param {number} number any number
 * @param {number} [digits] digits after the point, at most
 * @returns {string} for example `12,480` or `12.480`
 */
export function numeral(number, digits = 0) {
  return formatOf(0, digits).format(number);
}

/**
 * Write a number with always as many digits after the point, so that it does not jump while it changes and columns of
 * such numbers can be compared.
 *
 * @param {number} number any number
 * @param {number} digits digits after the point
 * @returns {string} for example `0.50` or `0,50`
 */
export function decimal(number, digits) {
  return formatOf(digits, digits).format(number);
}

/** @type {(least: number, most: number) => Intl.NumberFormat} digits after the point, of the language that is shown */
function formatOf(least, most) {
  const key = `${language.value} ${least} ${most}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language.value, { minimumFractionDigits: least, maximumFractionDigits: most });
    formats.set(key, format);
  }
  return format;
}

/** By language and digits: making one takes longer than writing a list of numbers. */
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();

/**
 * Write a length of time, coarsely: nobody plans by the second.
 *
 * @param {number} seconds how long
 * @returns {string} for example `2 h 10 min`
 */
export function duration(seconds) {
  if (seconds < 90) return text('{count} s', { count: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return text('{count} min', { count: minutes });
  return text('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** @type {(value: string | number) => string} */
const shown = (value) => (typeof value === 'number' ? numeral(value) : value);
