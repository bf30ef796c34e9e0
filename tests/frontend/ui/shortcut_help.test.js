// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { KEY_MAP } from '../../../static/js/input/key_map.js';
import { ShortcutHelp, groupsOf } from '../../../static/js/ui/shortcut_help.js';
import { show } from './ui_bench.js';

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
});
