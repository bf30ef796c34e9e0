// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { showScreen } from '../../../static/js/state/actions/project_actions.js';
import { Palette } from '../../../static/js/ui/palette.js';
import { makeApp, show } from './ui_bench.js';

/** @type {(field: HTMLElement, key: string) => void} */
const press = (field, key) => void field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

describe('palette', () => {
  it('finds an action by a few letters and runs it with Enter', async () => {
    const { app, named, drawn } = show(Palette);
    const field = named('Search all actions');
    Object.assign(field, { value: 'fill ho' }).dispatchEvent(new Event('input'));
    await drawn();
    press(field, 'Enter');
    expect(app.commands.showDialog).toHaveBeenCalledWith(null);
    expect(app.run).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ command: 'fillHoles' }));
  });

  it('finds classes, and goes through the list with the arrows, round its ends', async () => {
    const { app, root, named, drawn } = show(Palette);
    const field = named('Search all actions');
    Object.assign(field, { value: 'dog class' }).dispatchEvent(new Event('input'));
    await drawn();
    expect(root.querySelectorAll('[role=option]')[0].textContent).toContain('dog');
    press(field, 'ArrowUp');
    await drawn();
    press(field, 'ArrowDown');
    await drawn();
    press(field, 'Enter');
    expect(app.commands.chooseCategory).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('offers only what the screen has, and says when there is nothing', async () => {
    const app = makeApp();
    app.store.apply(showScreen('gallery'));
    const { root, text, named, drawn } = show(Palette, { app });
    expect(text()).toContain('Add photographs');
    expect(text()).not.toContain('Fill holes');
    Object.assign(named('Search all actions'), { value: 'zzzz' }).dispatchEvent(new Event('input'));
    await drawn();
    expect(text()).toContain('No action has these letters.');
    press(named('Search all actions'), 'Enter');
    expect(root.querySelectorAll('[role=option]')).toHaveLength(0);
    expect(app.run).not.toHaveBeenCalled();
  });
});
