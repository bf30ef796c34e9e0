/** Classes in a file: a list of names, one a line; JSON with names or classes; or the categories of a COCO file. */

/** @import {PatternName} from '../types.js' */

import { isPattern } from '../state/patterns.js';
import { phrase, text } from '../texts/texts.js';

/**
 * @typedef {object} ListedClass
 * @property {string} name without spaces around it
 * @property {string} [supercategory] what it is a kind of
 * @property {string} [color] `#rrggbb`
 * @property {PatternName} [pattern] what its objects are filled with
 */

/** Longer names are refused by the server too, in characters. */
const LONGEST_NAME = 200;
/** More are no list that somebody chooses from. */
const MOST_CLASSES = 2000;
/** A list of classes is small; a COCO file with its masks can be brought in by the import. In bytes. */
const LARGEST_FILE = 64 * 1024 * 1024;
const COLOR = /^#[0-9a-f]{6}$/i;

const CHOOSE = phrase('choose a file with one name a line, or JSON');

/** What can be wrong with a file, and what to do. */
const FAULTS = {
  size: {
    message: phrase('a list of classes must be smaller than 64 MB'),
    hint: phrase('a COCO file with masks is brought in as an import: drop it on the page'),
  },
  text: { message: phrase('a list of classes must be text in UTF-8, got something else'), hint: CHOOSE },
  json: {
    message: phrase('the file begins like JSON, but it cannot be read as such'),
    hint: phrase('check that it is complete'),
  },
  shape: {
    message: phrase('JSON must list names, or classes that have a name, or have such a list under "categories"'),
    hint: phrase('a COCO file has it'),
  },
  name: {
    message: phrase('the name of a class must have 1 to 200 characters and no control signs, got another line'),
    hint: CHOOSE,
  },
  empty: { message: phrase('the file names no class'), hint: CHOOSE },
  many: {
    message: phrase('a file may name 2,000 classes at most'),
    hint: phrase('leave out what nobody chooses'),
  },
};

/** A file that is no list of classes. Message and hint are in the language of the page. */
export class ClassListError extends Error {
  /** @param {keyof typeof FAULTS} reason what is wrong with it */
  constructor(reason) {
    super(text(FAULTS[reason].message));
    this.hint = text(FAULTS[reason].hint);
    this.reason = reason;
  }
}

/**
 * Read the classes of a file.
 *
 * @param {Blob} file of any kind
 * @returns {Promise<ListedClass[]>} in the order of the file, each name once
 * @throws {ClassListError} if it is no list of classes
 */
export async function readClassList(file) {
  if (file.size > LARGEST_FILE) throw new ClassListError('size');
  const bytes = new Uint8Array(await file.arrayBuffer());
  return parseClassList(decoded(bytes));
}

/**
 * Read the classes of a text.
 *
 * @param {string} content of the file
 * @returns {ListedClass[]} in the order of the file, each name once
 * @throws {ClassListError} if it is no list of classes
 */
export function parseClassList(content) {
  const isJson = /^\s*[[{"]/.test(content);
  const listed = isJson ? fromJson(content) : fromLines(content);
  /** @type {Map<string, ListedClass>} */
  const byName = new Map();
  for (const one of listed) if (!byName.has(one.name)) byName.set(one.name, one);
  const classes = [...byName.values()];
  if (classes.length === 0) throw new ClassListError('empty');
  if (classes.length > MOST_CLASSES) throw new ClassListError('many');
  return classes;
}

/** @type {(bytes: Uint8Array) => string} */
function decoded(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ClassListError('text');
  }
}

/** @type {(content: string) => ListedClass[]} empty lines and lines that begin with `#` say nothing */
function fromLines(content) {
  const lines = content.split(/\r\n|\n|\r/).map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => ({ name: checkedName(line) }));
}

/** @type {(content: string) => ListedClass[]} */
function fromJson(content) {
  const value = parsed(content);
  const { categories, classes, names } = /** @type {Record<string, unknown>} */ (Object(value));
  const list = Array.isArray(value) ? value : (categories ?? classes ?? names);
  if (!Array.isArray(list)) throw new ClassListError('shape');
  return list.map((one) => {
    if (typeof one === 'string') return { name: checkedName(one) };
    const { name, supercategory, color, pattern } = /** @type {Record<string, unknown>} */ (Object(one));
    if (typeof name !== 'string') throw new ClassListError('shape');
    return {
      name: checkedName(name),
      ...(isName(supercategory) ? { supercategory } : {}),
      ...(typeof color === 'string' && COLOR.test(color) ? { color: color.toLowerCase() } : {}),
      ...(isPattern(pattern) ? { pattern } : {}),
    };
  });
}

/** @type {(content: string) => unknown} */
function parsed(content) {
  try {
    return JSON.parse(content);
  } catch {
    throw new ClassListError('json');
  }
}

/** @type {(value: unknown) => value is string} */
const isName = (value) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_NAME && !/\p{Cc}/u.test(value);

/** @type {(name: string) => string} */
function checkedName(name) {
  if (!isName(name)) throw new ClassListError('name');
  return name.trim().normalize('NFC');
}
