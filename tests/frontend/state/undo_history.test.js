import { describe, expect, it } from 'vitest';
import { EMPTY_DOCUMENT } from '../../../static/js/state/session_state.js';
import { HISTORY_LIMIT, amend, amendEverywhere, record, redo, undo } from '../../../static/js/state/undo_history.js';
import { makeObject } from '../session_builders.js';

/** @import {DocumentContent} from '../../../static/js/state/state_types.js' */

/** @type {(name: string) => DocumentContent} */
const content = (name) => ({ objects: [makeObject(name)], draft: null });

describe('undo history', () => {
  it('gives back the very value that was there, and again the one that followed', () => {
    const [a, b] = [content('a'), content('b')];
    const document = record(record(EMPTY_DOCUMENT, a), b);
    const back = undo(document);
    expect(back.content).toBe(a);
    expect(redo(back).content).toBe(b);
  });

  it('does nothing at either end', () => {
    expect(undo(EMPTY_DOCUMENT)).toBe(EMPTY_DOCUMENT);
    expect(redo(EMPTY_DOCUMENT)).toBe(EMPTY_DOCUMENT);
  });

  it('drops the steps forward when something new is done', () => {
    const document = record(undo(record(EMPTY_DOCUMENT, content('a'))), content('b'));
    expect(document.future).toEqual([]);
  });

  it('makes no step when nothing changed', () => {
    const document = record(EMPTY_DOCUMENT, content('a'));
    expect(record(document, document.content)).toBe(document);
    expect(amend(document, document.content)).toBe(document);
  });

  it('forgets the oldest steps', () => {
    let document = EMPTY_DOCUMENT;
    for (let step = 0; step < HISTORY_LIMIT + 5; step += 1) document = record(document, content(String(step)));
    expect(document.past).toHaveLength(HISTORY_LIMIT);
  });

  it('amends without a step, here or in every step', () => {
    const document = record(record(EMPTY_DOCUMENT, content('a')), content('b'));
    expect(amend(document, content('c')).past).toBe(document.past);
    const everywhere = amendEverywhere(undo(document), ({ draft }) => ({ objects: [makeObject('z')], draft }));
    for (const step of [everywhere.content, ...everywhere.past, ...everywhere.future]) {
      expect(step.objects.map(({ key }) => key)).toEqual(['z']);
    }
  });
});
