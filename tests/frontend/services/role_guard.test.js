import { describe, expect, it, vi } from 'vitest';
import { guardByRole } from '../../../static/js/services/role_guard.js';
import { setSession } from '../../../static/js/state/actions/team_actions.js';
import { makeSession, storeWithImages } from '../session_builders.js';

/** @param {import('../../../static/js/team_types.js').RoleName | null} role null without accounts */
function guarded(role) {
  const store = storeWithImages();
  if (role) store.apply(setSession(makeSession(role)));
  const names = ['accept', 'zoomIn', 'addFolder', 'chooseTool', 'moveSelected'];
  const commands = Object.fromEntries(
    names.map((name) => [name, vi.fn((/** @type {unknown[]} */ ..._values) => 'done')]),
  );
  return { store, commands, guard: guardByRole(store, commands) };
}

describe('role guard', () => {
  it('lets everybody do everything without accounts', () => {
    const { guard } = guarded(null);
    expect(['accept', 'zoomIn', 'addFolder', 'moveSelected'].map((name) => guard[name]())).toEqual(
      Array.from({ length: 4 }, () => 'done'),
    );
  });

  it('refuses what the role does not allow, and says so', () => {
    const { guard, commands, store } = guarded('annotator');
    expect(guard.accept()).toBe('done');
    expect(guard.addFolder()).toBe(false);
    expect(commands.addFolder).not.toHaveBeenCalled();
    expect(store.get().notices.at(-1)?.message).toBe('your role does not allow this');
  });

  it('leaves a reader the tools to look with', () => {
    const { guard, commands } = guarded('reader');
    guard.chooseTool('point');
    guard.moveSelected();
    expect(commands.chooseTool).not.toHaveBeenCalled();
    expect(commands.moveSelected).not.toHaveBeenCalled();
    guard.chooseTool('pan');
    expect(commands.chooseTool).toHaveBeenCalledExactlyOnceWith('pan');
    expect(guard.zoomIn()).toBe('done');
  });
});
