// @vitest-environment happy-dom
import { assert, describe, expect, it, vi } from 'vitest';
import { createTeam } from '../../static/js/page_team.js';
import { setSession } from '../../static/js/state/actions/team_actions.js';
import { makeSession, makeUser, settle, storeWithImages } from './session_builders.js';

const AROUND = {
  connection: { watched: (/** @type {Promise<Response>} */ request) => request },
  saver: () => ({ serverIdOf: () => null }),
};

describe('the people of the page', () => {
  it('are read, and work waits while the session has ended', async () => {
    const store = storeWithImages();
    let isIn = true;
    const answer = (/** @type {string} */ path) => {
      if (path === '/api/session') isIn = true;
      if (!isIn) return new Response('{}', { status: 401 });
      const known = { '/api/users': { users: [makeUser(1)] }, '/api/session': makeSession('annotator') };
      return Response.json(
        known[/** @type {keyof typeof known} */ (path)] ?? { reviews: [], assignments: [], people: [] },
      );
    };
    vi.stubGlobal('fetch', async (/** @type {string} */ path) => answer(path));
    const team = createTeam({ store, report: vi.fn(), ...AROUND });
    await team.start();
    expect(store.get().team.user?.name).toBe('Person 1');
    isIn = false;
    const save = team.http.post('/api/images/1/annotations', {});
    await settle();
    expect(store.get().dialog).toBe('signIn');
    expect(await team.commands.signIn('Person 1', 'secret')).toBeNull();
    await save;
    expect(store.get().dialog).toBeNull();
    vi.unstubAllGlobals();
  });

  it('are asked for again until the server says who they are, and not after that', async () => {
    const answers = [() => Promise.reject(new Error('down')), async () => Response.json(makeSession('annotator'))];
    const fetchFrom = vi.fn(async (/** @type {string} */ path) => {
      if (path !== '/api/session') return Response.json({ users: [] });
      return (answers.shift() ?? assert.fail)();
    });
    vi.stubGlobal('fetch', fetchFrom);
    const team = createTeam({ store: storeWithImages(), report: vi.fn(), ...AROUND });
    expect(await team.isKnown()).toBe(false);
    expect(await team.isKnown()).toBe(true);
    expect(await team.isKnown()).toBe(true);
    vi.unstubAllGlobals();
  });

  it('may do what their role allows', () => {
    const store = storeWithImages();
    const team = createTeam({ store, report: vi.fn(), ...AROUND });
    const addFolder = vi.fn();
    const commands = team.complete({ addFolder });
    expect(commands.signOut).toBeTypeOf('function');
    commands.addFolder();
    store.apply(setSession(makeSession('annotator')));
    commands.addFolder();
    team.guard({ addFolder }).addFolder();
    expect(addFolder).toHaveBeenCalledOnce();
  });
});
