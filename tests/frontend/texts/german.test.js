import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KEY_MAP } from '../../../static/js/input/key_map.js';
import { GERMAN } from '../../../static/js/texts/german.js';

const PAGE = path.resolve(import.meta.dirname, '../../../static/js');

/** @returns {Set<string>} the words that the code of the page marks */
function markedWords() {
  const words = /** @type {Set<string>} */ (new Set());
  const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  for (const name of files) {
    const source = readFileSync(path.join(PAGE, name), 'utf8');
    for (const call of source.matchAll(/\b(?:text|phrase)\(\s*'((?:[^'\\]|\\.)*)'/g)) words.add(unescaped(call[1]));
    for (const call of source.matchAll(/\bplural\([^']*?'((?:[^'\\]|\\.)*)',\s*'((?:[^'\\]|\\.)*)'/g)) {
      words.add(unescaped(call[1]));
      words.add(unescaped(call[2]));
    }
  }
  return words;
}

/** @type {(source: string) => string} */
const unescaped = (source) => source.replace(/\\(.)/g, '$1');

describe('german', () => {
  it('has every word of the page, and none that the page does not have', () => {
    const words = markedWords();
    for (const { label, group } of KEY_MAP) words.add(label).add(group);
    expect([...words].filter((english) => !(english in GERMAN))).toEqual([]);
    expect(Object.keys(GERMAN).filter((english) => !words.has(english))).toEqual([]);
  });

  it('has the same values in its braces', () => {
    const braces = (/** @type {string} */ words) => [...words.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    for (const [english, german] of Object.entries(GERMAN)) expect(braces(german), english).toEqual(braces(english));
  });
});
