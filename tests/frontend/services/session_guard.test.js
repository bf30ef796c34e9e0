import { describe, expect, it, vi } from 'vitest';
import { createSessionGuard } from '../../../static/js/services/session_guard.js';
import { settle } from '../session_builders.js';

/**
 * @param {number[]} statuses of the answers, one after the other; then 200
 * @param {boolean} isSignedIn whether somebody was signed in
 */
function guardOf(statuses, isSignedIn = true) {
  const ask = vi.fn();
  const sent = /** @type {string[]} */ ([]);
  const guard = createSessionGuard({
    fetchFrom: async (path) => {
      sent.push(path);
      return new Response('{}', { status: statuses.shift() ?? 200 });
    },
    isSignedIn: () => isSignedIn,
    ask,
  });
  return { guard, ask, sent };
}

describe('session guard', () => {
  it('lets answers through', async () => {
    const { guard, ask } = guardOf([200, 404]);
    expect((await guard.fetchFrom('/a')).status).toBe(200);
    expect((await guard.fetchFrom('/a')).status).toBe(404);
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks once, holds everything back, and sends it again when somebody signed in', async () => {
    const { guard, ask, sent } = guardOf([401, 401]);
    const answers = Promise.all([guard.fetchFrom('/a'), guard.fetchFrom('/b')]);
    await settle();
    expect(ask).toHaveBeenCalledOnce();
    expect(sent).toEqual(['/a', '/b']);
    guard.resume();
    expect((await answers).map(({ status }) => status)).toEqual([200, 200]);
    expect(sent).toEqual(['/a', '/b', '/a', '/b']);
  });

  it('asks again when the session ends again', async () => {
    const { guard, ask } = guardOf([401, 401]);
    const answer = guard.fetchFrom('/a');
    await settle();
    guard.resume();
    await settle();
    expect(ask).toHaveBeenCalledTimes(2);
    guard.resume();
    expect((await answer).status).toBe(200);
  });

  it('never holds signing in itself, nor a server that knows nobody', async () => {
    expect((await guardOf([401]).guard.fetchFrom('/api/session')).status).toBe(401);
    expect((await guardOf([401], false).guard.fetchFrom('/a')).status).toBe(401);
  });
});
