// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { ClassPanel } from '../../../static/js/ui/class_panel.js';
import { activateCategory, setCategories } from '../../../static/js/state/actions/category_actions.js';
import { makeCategory, makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

/**
 * @param {HTMLElement} field a text field
 * @param {string} value what is typed
 * @param {string} key what ends the typing
 */
function type(field, value, key) {
  Object.assign(field, { value });
  field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

describe('class panel', () => {
  it('lists classes with their number of objects, and chooses one', async () => {
    const app = makeApp();
    app.store.apply(loadObjects(1, [makeObject('a'), makeObject('b')]));
    const { named, text, click } = show(ClassPanel, { app });
    expect(text()).toContain('1 cat 2');
    expect(named('cat').getAttribute('aria-pressed')).toBe('true');
    await click('dog');
    expect(app.commands.chooseCategory).toHaveBeenCalledWith(2);
  });

  it('keeps the class that is chosen in sight of a long list', async () => {
    const app = makeApp();
    app.store.apply(setCategories(Array.from({ length: 20 }, (_, index) => makeCategory(index + 1, `class ${index}`))));
    const { named, drawn } = show(ClassPanel, { app });
    const seen = vi.spyOn(Element.prototype, 'scrollIntoView');
    app.store.apply(activateCategory(18));
    await drawn();
    expect(seen.mock.contexts.at(-1)).toBe(named('class 17').closest('li'));
  });

  it('adds a class by name, and none without', async () => {
    const { app, named, click, drawn } = show(ClassPanel);
    await click('Add class');
    type(named('New class name'), ' owl ', 'Enter');
    await drawn();
    expect(app.commands.createCategory).toHaveBeenCalledExactlyOnceWith('owl');
    await click('Add class');
    type(named('New class name'), 'bat', 'Escape');
    await drawn();
    expect(app.commands.createCategory).toHaveBeenCalledOnce();
  });

  it('renames, recolours and deletes', async () => {
    const { app, named, click, drawn } = show(ClassPanel);
    await click('Rename cat');
    type(named('Class name'), 'lion', 'Enter');
    await drawn();
    expect(app.commands.updateCategory).toHaveBeenCalledWith(1, { name: 'lion' });
    const color = named('Colour of dog');
    Object.assign(color, { value: '#009e73' });
    color.dispatchEvent(new Event('change', { bubbles: true }));
    expect(app.commands.updateCategory).toHaveBeenCalledWith(2, { color: '#009e73' });
    await click('Delete class dog');
    expect(app.commands.removeCategory).toHaveBeenCalledWith(2);
  });

  it('finds a class among many by a few letters', async () => {
    const app = makeApp();
    const names = ['car', 'bus', 'tram', 'bicycle', 'person', 'dog', 'cat', 'traffic light', 'tree', 'sky'];
    app.store.apply(setCategories(names.map((name, index) => makeCategory(index + 1, name))));
    const { named, root, drawn } = show(ClassPanel, { app });
    Object.assign(named('Search the classes'), { value: 'tl' }).dispatchEvent(new Event('input'));
    await drawn();
    expect(root.querySelector('button.name')?.textContent?.trim()).toBe('traffic light');
    named('Search the classes').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(app.commands.chooseCategory).toHaveBeenCalledExactlyOnceWith(8);
  });

  it('leads to the pattern of a class and what is asked about it', async () => {
    const { app, click } = show(ClassPanel);
    await click('Pattern and attributes of cat');
    expect(app.commands.showClassSettings).toHaveBeenCalledExactlyOnceWith(1);
  });
});
