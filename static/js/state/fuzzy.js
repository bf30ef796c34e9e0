/** Finds words by a few of their letters. */

/**
 * Say how well a text fits what was typed: letters count in order, more so together and at the starts of words.
 *
 * @param {string} typed what was typed; spaces do not count
 * @param {string} words the text
 * @returns {number} 0 when a letter is missing, more for a better fit; 1 when nothing was typed
 */
export function fuzzyScore(typed, words) {
  const letters = [...typed.toLowerCase().replace(/\s+/g, '')];
  const text = [...words.toLowerCase()];
  let score = 1;
  let at = -1;
  for (const letter of letters) {
    const start = wordStart(text, letter, at + 1);
    const found = text[at + 1] === letter ? at + 1 : (start ?? text.indexOf(letter, at + 1));
    if (found < 0) return 0;
    if (found === at + 1) score += 3;
    if (found === 0 || text[found - 1] === ' ') score += 2;
    score += 1;
    at = found;
  }
  return letters.length === 0 ? 1 : score / (1 + text.length / 100);
}

/**
 * List what fits, best first.
 *
 * @template T
 * @param {string} typed what was typed
 * @param {readonly T[]} things what can be found
 * @param {(thing: T) => string} wordsOf names a thing
 * @returns {T[]} in their own order where they fit equally well
 */
export function fuzzyFind(typed, things, wordsOf) {
  return things
    .map((thing, index) => ({ thing, index, score: fuzzyScore(typed, wordsOf(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ thing }) => thing);
}

/** @type {(text: ReadonlyArray<string>, letter: string, from: number) => number | null} */
function wordStart(text, letter, from) {
  const found = text.findIndex((sign, at) => at >= from && sign === letter && (at === 0 || text[at - 1] === ' '));
  return found < 0 ? null : found;
}
