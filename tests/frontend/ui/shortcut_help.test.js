// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { KEY_MAP } from '../../../static/js/input/key_map.js';
import { changeSettings } from '../../../static/js/state/actions/view_actions.js';
import { ShortcutHelp, groupsOf } from '../../../static/js/ui/shortcut_help.js';
import { makeApp, show } from './ui_bench.js';

describe('shortcut help', () => {
  it('lists every key, the nine classes and the arrows in one row each', () => {
    const rows = groupsOf(KEY_MAP).flatMap(([, group]) => group);
    expect(rows).toContainEqual({ label: 'Class', keys: ['1', '–', '9'] });
    expect(rows).toContainEqual({ label: 'Move the crosshair', keys: ['←', '→', '↑', '↓'] });
    expect(rows).toContainEqual({ label: 'Bigger steps', keys: ['Shift', '←', '→', '↑', '↓'] });
    expect(rows).toHaveLength(KEY_MAP.length - 8 - 6);
  });

  it('shows the mouse and the keys', () => {
    const { text } = show(ShortcutHelp);
    expect(text()).toContain('Click on the background');
    expect(text()).toContain('Show or hide the masks');
  });

  it('finds keys by words', async () => {
    const { named, text, drawn } = show(ShortcutHelp);
    Object.assign(named('Search the keys'), { value: 'filmstrip' }).dispatchEvent(new Event('input'));
    await drawn();
    expect(text()).toContain('Show or hide the filmstrip');
    expect(text()).not.toContain('Zoom in');
  });

  it('gives an action another key, and takes it from the one that had it', async () => {
    const app = makeApp();
    app.store.apply(changeSettings({ keys: { 'stepImage:1': ['W'] } }));
    const { named, click } = show(ShortcutHelp, { app });
    await click('Change keys');
    await click('Key of Undo');
    named('Key of Undo').dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
    named('Key of Undo').dispatchEvent(new KeyboardEvent('keydown', { key: 'w', bubbles: true }));
    expect(app.commands.changeSettings).toHaveBeenCalledExactlyOnceWith({ keys: { 'stepImage:1': [], undo: ['W'] } });
    await click('Keys as delivered');
    expect(app.commands.changeSettings).toHaveBeenLastCalledWith({ keys: {} });
  });
});
