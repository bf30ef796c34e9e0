import { describe, expect, it } from 'vitest';
import { EMPTY_DOCUMENT } from '../../../static/js/state/session_state.js';
import {
  amend,
  amendEverywhere,
  leaveFarSteps,
  record,
  redo,
  stepNumber,
  undo,
  withFarSteps,
  withoutFarSteps,
} from '../../../static/js/state/undo_history.js';
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

  it('has no limit, and leaves far steps away without losing count', () => {
    let document = EMPTY_DOCUMENT;
    for (let step = 0; step < 500; step += 1) document = record(document, content(String(step)));
    expect(document.past).toHaveLength(500);
    for (let step = 0; step < 100; step += 1) document = undo(document);
    const near = leaveFarSteps(document, 30);
    expect([near.earlier, near.past.length, near.future.length, near.later]).toEqual([370, 30, 30, 70]);
    expect(near.content).toBe(document.content);
    expect(stepNumber(near)).toBe(stepNumber(document));
    expect(leaveFarSteps(near, 30)).toBe(near);
    const whole = withFarSteps(near, { past: document.past.slice(0, 370), future: document.future.slice(30) });
    expect(whole).toEqual({ ...document, earlier: 0, later: 0 });
    expect(withoutFarSteps(near)).toMatchObject({ earlier: 0, later: 0, past: near.past });
    expect(withoutFarSteps(document)).toBe(document);
    expect(record(near, content('new'))).toMatchObject({ earlier: 370, later: 0, future: [] });
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
