import { describe, expect, it } from 'vitest';
import { imagePoint } from '../../../static/js/geometry/point.js';
import { readingCommands, rememberReadings } from '../../../static/js/services/reading_commands.js';
import { addPoint } from '../../../static/js/state/actions/prompt_actions.js';
import { hoverMask } from '../../../static/js/state/hover.js';
import { openDraft } from '../../../static/js/state/selectors.js';
import { answer, hoverAt, makeCandidate, makeReading, storeWithImages } from '../session_builders.js';

function makeWalking() {
  const session = storeWithImages();
  return { store: session, commands: readingCommands({ store: session }) };
}

/** @param {import('../../../static/js/state/state_types.js').SessionStore} store gets an open object with three candidates */
function clickAmbiguously(store) {
  store.apply(addPoint(imagePoint(15, 25), 1));
  answer(
    store,
    [400, 50, 900].map((area) => makeCandidate({ area })),
  );
}

describe('walking through readings', () => {
  it('goes round the candidates of the open object and remembers the choice for its class', () => {
    const { store, commands } = makeWalking();
    clickAmbiguously(store);
    expect(commands.nextCandidate(-1)).toBe(true);
    expect(openDraft(store.get())?.candidateIndex).toBe(2);
    expect(store.get().readings).toEqual({ 1: 'whole' });
    commands.nextCandidate(1);
    expect(store.get().readings).toEqual({ 1: 'part' });
  });

  it('goes round the readings of the preview', () => {
    const { store, commands } = makeWalking();
    const readings = [0.2, 0.9, 0.5].map((coverage) => makeReading({ coverage }));
    hoverAt(store, 20, 30, readings);
    const seen = [0, 1, 2].map(() => {
      commands.nextCandidate(1);
      return hoverMask(store.get());
    });
    expect(seen).toEqual([readings[1], readings[2], readings[0]]);
  });

  it('leaves the key alone when there is nothing to walk through', () => {
    const { store, commands } = makeWalking();
    expect(commands.nextCandidate(1)).toBe(false);
    hoverAt(store, 20, 30);
    expect(commands.nextCandidate(1)).toBe(false);
    expect(store.get().readings).toEqual({});
  });

  it('chooses by name, on the open object too, and goes back to the best', () => {
    const { store, commands } = makeWalking();
    clickAmbiguously(store);
    commands.chooseReading('subpart');
    expect(openDraft(store.get())?.candidateIndex).toBe(1);
    commands.chooseReading(null);
    expect(openDraft(store.get())?.candidateIndex).toBe(0);
    expect(store.get().readings).toEqual({});
    commands.chooseCandidate(2);
    expect(store.get().readings).toEqual({ 1: 'whole' });
  });
});

describe('the memory of readings', () => {
  /** @param {string | null} text what is in it */
  function memory(text) {
    const kept = { text };
    return {
      kept,
      getItem: () => kept.text,
      setItem: (/** @type {string} */ _key, /** @type {string} */ value) => void (kept.text = value),
    };
  }

  it('outlives the page', () => {
    const { store, commands } = makeWalking();
    const storage = memory(null);
    rememberReadings(store, storage);
    commands.chooseReading('part');
    const next = storeWithImages();
    rememberReadings(next, storage);
    expect(next.get().readings).toEqual({ 1: 'part' });
  });

  it.each(['{"1": "half", "2": "whole"}', 'null', '{broken'])('takes only what it knows from %s', (text) => {
    const { store } = makeWalking();
    rememberReadings(store, memory(text));
    expect(store.get().readings).toEqual(text.includes('whole') ? { 2: 'whole' } : {});
  });
});
