// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { loadObjects, setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { setOnline } from '../../../static/js/state/actions/connection_actions.js';
import { openObject } from '../../../static/js/state/actions/prompt_actions.js';
import { toggleObjectHidden } from '../../../static/js/state/actions/view_actions.js';
import { ObjectList, detailsOf } from '../../../static/js/ui/object_list.js';
import { makeCandidate, makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

function appWithObjects() {
  const app = makeApp();
  app.store.apply(loadObjects(1, [makeObject('a'), makeObject('b', { categoryId: 2 })]));
  return app;
}

describe('object list', () => {
  it('says what to do when there is no object', () => {
    const app = makeApp();
    app.store.apply(loadObjects(1, []));
    expect(show(ObjectList, { app }).text()).toContain('Click one, then press Enter');
  });

  it('does not say that there is none before it knows', async () => {
    const app = makeApp();
    const { text, drawn } = show(ObjectList, { app });
    expect(text()).not.toContain('No object');
    app.store.apply(setOnline(false));
    await drawn();
    expect(text()).toContain('the server does not answer');
  });

  it('opens, hides and deletes objects by name', async () => {
    const { app, click } = show(ObjectList, { app: appWithObjects() });
    await click('Refine cat 1');
    await click('Hide dog 2');
    await click('Delete dog 2');
    expect(app.commands.refine).toHaveBeenCalledWith('a');
    expect(app.commands.toggleObjectHidden).toHaveBeenCalledWith('b');
    expect(app.commands.deleteObject).toHaveBeenCalledWith('b');
  });

  it('shows which object is open, hidden or waiting', async () => {
    const { app, named, drawn } = show(ObjectList, { app: appWithObjects() });
    app.store.apply(openObject(makeObject('a'), makeCandidate(), null));
    app.store.apply(toggleObjectHidden('b'));
    app.store.apply(setSaveStatus('b', 'waiting'));
    await drawn();
    expect(named('Refine cat 1').getAttribute('aria-pressed')).toBe('true');
    expect(named('Show dog 2')).toBeTruthy();
    expect(named('Waiting for the server')).toBeTruthy();
  });

  it('highlights the object under the pointer', () => {
    const { app, find } = show(ObjectList, { app: appWithObjects() });
    find('li').dispatchEvent(new MouseEvent('mouseenter'));
    find('li').dispatchEvent(new MouseEvent('mouseleave'));
    expect(app.commands.hoverObject).toHaveBeenCalledWith('a');
    expect(app.commands.hoverObject).toHaveBeenLastCalledWith(null);
  });

  it('describes score and size', () => {
    expect(detailsOf(makeObject('a', { area: 12345 }))).toBe('0.80 · 12,345 px');
    expect(detailsOf(makeObject('a', { predictedIou: null }))).toBe('400 px');
  });
});

describe('a long object list', () => {
  it('makes few rows of many objects, finds and selects among them', async () => {
    const app = makeApp();
    const objects = Array.from({ length: 5000 }, (_, index) =>
      makeObject(`k${index}`, { categoryId: 1 + (index % 2) }),
    );
    app.store.apply(loadObjects(1, objects));
    const { root, named, drawn } = show(ObjectList, { app });
    expect(root.querySelectorAll('li').length).toBeLessThan(60);
    Object.assign(named('Search the objects'), { value: 'dog' }).dispatchEvent(new Event('input'));
    await drawn();
    const [first, second, third] = root.querySelectorAll('button.open');
    expect(first.getAttribute('aria-label')).toMatch(/^Refine dog 2: dog/);
    first.dispatchEvent(new MouseEvent('click', { ctrlKey: true }));
    third.dispatchEvent(new MouseEvent('click', { shiftKey: true }));
    expect(second.getAttribute('aria-label')).toMatch(/^Refine dog 4: dog/);
    expect(app.commands.toggleSelected).toHaveBeenCalledExactlyOnceWith('k1');
    expect(app.commands.selectObjects).toHaveBeenCalledExactlyOnceWith(['k1', 'k3', 'k5']);
  });
});
