// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { loadObjects, setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { changeGallery } from '../../../static/js/state/actions/project_actions.js';
import { putReview, setAssignments, setUsers } from '../../../static/js/state/actions/team_actions.js';
import { GalleryCard } from '../../../static/js/ui/gallery_card.js';
import { makeImage, makeObject, makeReview, makeUser } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('gallery card', () => {
  it('shows the masks, the state and the number of objects', () => {
    const props = { image: makeImage(1, { annotation_count: 3, state: 'done' }) };
    const { root, text } = show(GalleryCard, { props });
    expect(root.querySelector('img')?.getAttribute('src')).toContain('masked-thumbnail');
    expect(text()).toBe('photo_1.jpg Done 3 objects');
  });

  it('asks for another picture where this page has changed the masks, once they are saved', async () => {
    const app = makeApp();
    const { root, drawn } = show(GalleryCard, { app, props: { image: makeImage(1) } });
    const picture = () => root.querySelector('img')?.getAttribute('src');
    const first = picture();
    app.store.apply(setSaveStatus('a', 'waiting'));
    app.store.apply(loadObjects(1, [makeObject('a')]));
    await drawn();
    expect(picture()).toBe(first);
    app.store.apply(setSaveStatus('a', null));
    await drawn();
    expect(picture()).toMatch(/&shown=\d+$/);
  });

  it('opens with a click and is selected with Ctrl or its tick', async () => {
    const app = makeApp();
    app.store.apply(changeGallery({ selected: { 2: true } }));
    const { named, click } = show(GalleryCard, { app, props: { image: makeImage(1) } });
    await click('Open photo_1.jpg');
    expect(app.commands.workOn).toHaveBeenCalledExactlyOnceWith(1);
    named('Open photo_1.jpg').dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true }));
    expect(app.commands.changeGallery).toHaveBeenLastCalledWith({ selected: { 1: true, 2: true } });
    await click('Select photo_1.jpg');
    expect(app.commands.changeGallery).toHaveBeenCalledTimes(2);
    expect(app.commands.workOn).toHaveBeenCalledOnce();
  });

  it('shows who works on it and what was said about it', () => {
    const app = makeApp();
    app.store.apply(setUsers([makeUser(2, { name: 'Ben' })]));
    app.store.apply(setAssignments([{ image_id: 1, user_id: 2 }]));
    app.store.apply(putReview(makeReview({ annotation_id: 7 })));
    const image = makeImage(1);
    expect(show(GalleryCard, { app, props: { image } }).text()).toContain('Objects rejected Ben');
    app.store.apply(putReview(makeReview({ verdict: 'accepted' })));
    expect(show(GalleryCard, { app, props: { image } }).text()).toContain('Accepted Ben');
    expect(show(GalleryCard, { app, props: { image: makeImage(2) } }).text()).not.toContain('Ben');
  });
});
