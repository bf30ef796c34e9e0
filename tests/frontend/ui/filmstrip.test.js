// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { setOnline } from '../../../static/js/state/actions/connection_actions.js';
import { openImage, setEmbeddingState, setImages } from '../../../static/js/state/actions/image_actions.js';
import { deleteObject, loadObjects, setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { setSession } from '../../../static/js/state/actions/team_actions.js';
import { toggleFilmstrip } from '../../../static/js/state/actions/view_actions.js';
import { Filmstrip } from '../../../static/js/ui/filmstrip.js';
import { clickAndAnswer, makeEmbedding, makeObject, makeUser } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('filmstrip', () => {
  it('marks the open image and opens another one', async () => {
    const { app, named, click } = show(Filmstrip);
    expect(named('Open photo_1.jpg').getAttribute('aria-current')).toBe('true');
    await click('Open photo_2.jpg');
    expect(app.commands.openImage).toHaveBeenCalledWith(2);
  });

  it('shows objects, embedding and unfinished work of each image', async () => {
    const app = makeApp();
    app.store.apply(loadObjects(1, [makeObject('a'), makeObject('b')]));
    clickAndAnswer(app.store);
    app.store.apply(openImage(2));
    app.store.apply(setEmbeddingState(1, makeEmbedding({ state: 'encoding' })));
    const { named } = show(Filmstrip, { app });
    expect(named('Open photo_1.jpg').title).toBe('photo_1.jpg: 2 objects, being encoded, one unfinished');
    expect(named('Open photo_1.jpg').textContent).toContain('2');
  });

  it('shows the masks, anew once an image is left and saved', async () => {
    const app = makeApp();
    app.store.apply(loadObjects(1, [makeObject('a')]));
    const { named, drawn } = show(Filmstrip, { app });
    const picture = (/** @type {string} */ name) => named(`Open ${name}`).querySelector('img')?.getAttribute('src');
    const first = picture('photo_1.jpg: 1 object');
    expect(first).toContain('masked-thumbnail');
    app.store.apply(deleteObject('a'));
    app.store.apply(setSaveStatus('a', 'waiting'));
    await drawn();
    app.store.apply(openImage(2));
    await drawn();
    expect(picture('photo_1.jpg')).toBe(first);
    app.store.apply(setOnline(false)); // a picture that cannot be fetched would stay black
    app.store.apply(setSaveStatus('a', null));
    await drawn();
    expect(picture('photo_1.jpg')).toBe(first);
    app.store.apply(setOnline(true));
    await drawn();
    const second = picture('photo_1.jpg');
    expect(second).toContain('&shown=');
    app.store.apply(openImage(1));
    app.store.apply(openImage(2));
    await drawn();
    expect(picture('photo_1.jpg')).toBe(second);
  });

  it('is one stop of Tab, and the arrows walk from there without pointing on the photograph', async () => {
    const { root, named } = show(Filmstrip);
    const heard = vi.fn();
    window.addEventListener('keydown', heard);
    const press = (/** @type {string} */ key) =>
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const tabbed = [...root.querySelectorAll('.frame')].filter((frame) => frame.getAttribute('tabindex') === '0');
    expect(tabbed).toEqual([named('Open photo_1.jpg')]);
    named('Open photo_1.jpg').focus();
    press('ArrowRight');
    expect(document.activeElement).toBe(named('Open photo_2.jpg'));
    press('Home');
    press('ArrowLeft');
    expect(document.activeElement).toBe(named('Open photo_1.jpg'));
    expect(heard).not.toHaveBeenCalled();
    press('d');
    expect(heard).toHaveBeenCalledOnce();
    window.removeEventListener('keydown', heard);
  });

  it('offers to add photographs only to those who may', async () => {
    const { app, root, drawn } = show(Filmstrip);
    expect(root.querySelector('.add')).not.toBeNull();
    app.store.apply(setSession({ has_accounts: true, user: makeUser(2), permissions: ['read', 'annotate'] }));
    await drawn();
    expect(root.querySelector('.add')).toBeNull();
  });

  it('closes, and is not there without images', async () => {
    const { app, root, drawn } = show(Filmstrip);
    app.store.apply(toggleFilmstrip());
    await drawn();
    expect(root.querySelector('ul')).toBeNull();
    app.store.apply(setImages([]));
    await drawn();
    expect(root.innerHTML).toBe('');
  });
});
