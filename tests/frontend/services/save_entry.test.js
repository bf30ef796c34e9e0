import { describe, expect, it } from 'vitest';
import { goOnFromTheirs, isDirty, isSendable, unknownEntry } from '../../../static/js/services/save_entry.js';
import { makeObject } from '../session_builders.js';

describe('save entry', () => {
  it('has nothing to send while page and server agree', () => {
    const object = makeObject('k');
    expect(isDirty(unknownEntry(1, 'k'))).toBe(false);
    expect(isDirty({ ...unknownEntry(1, 'k'), serverId: 1, remote: object, desired: object })).toBe(false);
    expect(isDirty({ ...unknownEntry(1, 'k'), serverId: 1, deleted: true })).toBe(false);
  });

  it('has a deletion to send that nobody has confirmed', () => {
    expect(isDirty({ ...unknownEntry(1, 'k'), serverId: 1 })).toBe(true);
    expect(isDirty({ ...unknownEntry(1, 'k'), uncertain: true })).toBe(true);
  });

  it('is not sent while it is refused or waits for a choice', () => {
    const desired = makeObject('k');
    const entry = { ...unknownEntry(1, 'k'), desired };
    expect(isSendable(entry)).toBe(true);
    expect(isSendable({ ...entry, refused: desired })).toBe(false);
    expect(isSendable({ ...entry, theirs: { object: null, revision: null } })).toBe(false);
  });

  it('goes on from their version, or from their deletion', () => {
    const [mine, theirs] = [makeObject('k'), makeObject('k')];
    const entry = { ...unknownEntry(1, 'k'), desired: mine, remote: mine, revision: 1 };
    entry.theirs = { object: theirs, revision: 4 };
    expect(goOnFromTheirs(entry)).toBe(theirs);
    expect(entry).toMatchObject({ remote: theirs, revision: 4, deleted: false, theirs: null });
    entry.theirs = { object: null, revision: null };
    expect(goOnFromTheirs(entry)).toBeNull();
    expect(entry).toMatchObject({ remote: null, revision: null, deleted: true });
  });
});
