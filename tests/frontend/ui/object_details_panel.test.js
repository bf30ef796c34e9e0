// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { putCategory } from '../../../static/js/state/actions/category_actions.js';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { selectObjects } from '../../../static/js/state/actions/selection_actions.js';
import { NO_DETAILS } from '../../../static/js/state/object_details.js';
import { ObjectDetailsPanel } from '../../../static/js/ui/object_details_panel.js';
import { makeCategory, makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

const ASKED = /** @type {import('../../../static/js/types.js').AttributeJson[]} */ ([
  { name: 'colour', kind: 'choice', choices: ['red', 'blue'] },
  { name: 'broken', kind: 'flag', choices: [] },
  { name: 'age', kind: 'number', choices: [] },
]);

/** @param {string[]} keys the selected objects */
function appWith(keys) {
  const app = makeApp();
  app.store.apply(putCategory({ ...makeCategory(1, 'cat'), attributes: ASKED }));
  const old = { ...NO_DETAILS, attributes: { colour: 'red' }, groupId: 3 };
  app.store.apply(loadObjects(1, [makeObject('a', { details: old }), makeObject('b', { categoryId: 2 })]));
  app.store.apply(selectObjects(keys));
  return app;
}

/** @type {(root: HTMLElement, label: string) => HTMLInputElement} */
function fieldOf(root, label) {
  const found = [...root.querySelectorAll('label')].find((one) => one.textContent?.includes(label));
  const field = found?.querySelector('input, select, textarea');
  if (!field) throw new Error(`the panel must have a field ${label}, got ${root.textContent}`);
  return /** @type {HTMLInputElement} */ (field);
}

/** @type {(field: HTMLInputElement, change: Partial<HTMLInputElement>) => void} */
const set = (field, change) => {
  Object.assign(field, change);
  field.dispatchEvent(new Event('change', { bubbles: true }));
};

describe('details of objects', () => {
  it('are not shown without a selection', () => {
    expect(show(ObjectDetailsPanel, { app: appWith([]) }).text()).toBe('');
  });

  it('ask what the class asks, and change one object', () => {
    const { app, root } = show(ObjectDetailsPanel, { app: appWith(['a']) });
    expect(fieldOf(root, 'colour').value).toBe('red');
    set(fieldOf(root, 'colour'), { value: 'blue' });
    set(fieldOf(root, 'broken'), { checked: true });
    set(fieldOf(root, 'age'), { value: '2.5' });
    set(fieldOf(root, 'Group'), { value: '' });
    set(fieldOf(root, 'Crowd'), { checked: true });
    set(fieldOf(root, 'Notes'), { value: ' odd ' });
    expect(/** @type {import('vitest').Mock} */ (app.commands.changeDetails).mock.calls).toEqual([
      [['a'], { attributes: { colour: 'blue' } }],
      [['a'], { attributes: { broken: true } }],
      [['a'], { attributes: { age: 2.5 } }],
      [['a'], { groupId: null }],
      [['a'], { isCrowd: true }],
      [['a'], { notes: 'odd' }],
    ]);
  });

  it('change several objects at once and say where they differ', async () => {
    const { app, root, text, click } = show(ObjectDetailsPanel, { app: appWith(['a', 'b']) });
    expect(text()).toContain('2 objects');
    expect(text()).toContain('several');
    set(fieldOf(root, 'Class'), { value: '2' });
    await click('New group');
    await click('Delete the selection');
    expect(app.commands.setCategoryOf).toHaveBeenCalledWith(['a', 'b'], 2);
    expect(app.commands.changeDetails).toHaveBeenCalledWith(['a', 'b'], { groupId: 4 });
    expect(app.commands.deleteOpen).toHaveBeenCalledOnce();
  });
});
