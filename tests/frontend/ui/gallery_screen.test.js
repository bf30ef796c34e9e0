// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setImages } from '../../../static/js/state/actions/image_actions.js';
import { changeGallery } from '../../../static/js/state/actions/project_actions.js';
import { setSession, setUsers } from '../../../static/js/state/actions/team_actions.js';
import { GalleryScreen } from '../../../static/js/ui/gallery_screen.js';
import { makeSession, makeUser } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('gallery screen', () => {
  it('invites when there is no photograph', () => {
    const app = makeApp();
    app.store.apply(setImages([]));
    expect(show(GalleryScreen, { app }).text()).toContain('Drop photographs anywhere');
  });

  it('says so when no photograph fits the filters', async () => {
    const { app, root, text, drawn } = show(GalleryScreen);
    expect(root.querySelectorAll('.photo')).toHaveLength(3);
    app.store.apply(changeGallery({ states: ['reviewed'] }));
    await drawn();
    expect(text()).toContain('No photograph fits these filters.');
  });

  it('does things to the selected photographs', async () => {
    const app = makeApp();
    app.store.apply(changeGallery({ selected: { 1: true, 3: true } }));
    const { named, text, click } = show(GalleryScreen, { app });
    expect(text()).toContain('2 selected');
    Object.assign(named('State of the selected photographs'), { value: 'done' }).dispatchEvent(new Event('change'));
    await click('Select all');
    await click('Remove');
    expect(app.commands.markImages).toHaveBeenCalledWith([1, 3], 'done');
    expect(app.commands.changeGallery).toHaveBeenCalledWith({ selected: { 1: true, 2: true, 3: true } });
    expect(app.commands.showDialog).toHaveBeenCalledWith('removeSelected');
  });

  it('gives the selected photographs to somebody who can sign in', () => {
    const app = makeApp();
    app.store.apply(changeGallery({ selected: { 1: true } }));
    app.store.apply(setUsers([makeUser(1), makeUser(2, { name: 'Ben', is_disabled: true })]));
    const { named } = show(GalleryScreen, { app });
    const field = named('Assign the selected photographs to');
    expect(field.textContent).not.toContain('Ben');
    for (const value of ['1', 'nobody']) Object.assign(field, { value }).dispatchEvent(new Event('change'));
    expect(app.commands.assignImages).toHaveBeenCalledWith([1], 1);
    expect(app.commands.assignImages).toHaveBeenCalledWith([1], null);
  });

  it('leaves out what an annotator may not do', () => {
    const app = makeApp();
    app.store.apply(changeGallery({ selected: { 1: true } }));
    app.store.apply(setSession(makeSession('annotator')));
    expect(show(GalleryScreen, { app }).text()).not.toContain('Remove');
  });
});
