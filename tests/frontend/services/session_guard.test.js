import { describe, expect, it, vi } from 'vitest';
import { createSessionGuard } from '../../../static/js/services/session_guard.js';
import { settle } from '../session_builders.js';

/**
 * @param {number[]} statuses of the answers, one after the other; then 200
 * @param {number | null} userId of who is signed in
 */
function guardOf(statuses, userId = 7) {
  const ask = vi.fn();
  const sent = /** @type {string[]} */ ([]);
  const names = /** @type {(string | null)[]} */ ([]);
  const guard = createSessionGuard({
    fetchFrom: async (path, init) => {
      sent.push(path);
      names.push(new Headers(init?.headers).get('X-Maskwright-User'));
      return new Response('{}', { status: statuses.shift() ?? 200 });
    },
    userId: () => userId,
    ask,
  });
  return { guard, ask, sent, names };
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

  it('says whose the request is, beside what it says already', async () => {
    const headers = { 'If-Match': '"3"' };
    const { guard, names } = guardOf([]);
    await guard.fetchFrom('/a', { headers });
    expect(names).toEqual(['7']);
    expect(headers).toEqual({ 'If-Match': '"3"' });
    const nobody = guardOf([], null);
    await nobody.guard.fetchFrom('/a');
    expect(nobody.names).toEqual([null]);
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
    expect((await guardOf([401], null).guard.fetchFrom('/a')).status).toBe(401);
  });
});
