import { describe, expect, it } from 'vitest';
import { NO_EFFORT, madeObjects, withEffort, withStep } from '../../../static/js/state/effort.js';
import { EMPTY_DOCUMENT } from '../../../static/js/state/session_state.js';
import { record, redo, undo } from '../../../static/js/state/undo_history.js';
import { makeObject } from '../session_builders.js';

describe('effort', () => {
  it('counts steps taken back, and neither redo nor what was loaded', () => {
    const one = record(EMPTY_DOCUMENT, { objects: [makeObject('a')], draft: null });
    const back = undo(one);
    expect(withStep(NO_EFFORT, one, back)).toEqual({ ...NO_EFFORT, undo_count: 1 });
    expect(withStep(NO_EFFORT, back, redo(back))).toBe(NO_EFFORT);
    expect(madeObjects(back, redo(back))).toEqual([]);
    expect(madeObjects(EMPTY_DOCUMENT, { ...EMPTY_DOCUMENT, content: one.content })).toEqual([]);
    expect(madeObjects(EMPTY_DOCUMENT, one)).toHaveLength(1);
  });

  it('is shared by what came of it, on top of what an object had', () => {
    const earlier = makeObject('a', { effort: { clicks: 5, undo_count: 0, hand_edits: 0, active_ms: 100 } });
    const before = { ...EMPTY_DOCUMENT, content: { objects: [earlier], draft: null } };
    const made = [makeObject('a', { rle: { size: [1, 1], counts: 'new' } }), makeObject('b')];
    const content = { objects: made, draft: null };
    const spent = { clicks: 2, undo_count: 2, hand_edits: 0, active_ms: 1000 };
    const [a, b] = withEffort(content, before, made, spent).objects;
    expect(a.effort).toEqual({ clicks: 6, undo_count: 1, hand_edits: 0, active_ms: 600 });
    expect(b.effort).toEqual({ clicks: 1, undo_count: 1, hand_edits: 0, active_ms: 500 });
  });
});
