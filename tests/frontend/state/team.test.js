import { describe, expect, it } from 'vitest';
import { NOBODY, may } from '../../../static/js/state/team.js';

describe('team', () => {
  it('lets everybody work until the server says who is there', () => {
    const state = { team: NOBODY };
    expect(['read', 'annotate', 'review', 'organise'].map((name) => may(state, /** @type {'read'} */ (name)))).toEqual([
      ...[true, true, true, true],
    ]);
    expect(may(state, 'manage_users')).toBe(false);
    expect(may(state, 'account')).toBe(false);
  });

  it('lets a person do what the server has said', () => {
    const state = { team: { ...NOBODY, permissions: /** @type {const} */ (['read']) } };
    expect(may(state, 'read')).toBe(true);
    expect(may(state, 'annotate')).toBe(false);
  });
});
