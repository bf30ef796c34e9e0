// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setOnline } from '../../../static/js/state/actions/connection_actions.js';
import { setConflict } from '../../../static/js/state/actions/conflict_actions.js';
import { setImages } from '../../../static/js/state/actions/image_actions.js';
import { setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { HeaderBar } from '../../../static/js/ui/header_bar.js';
import { clickAndAnswer } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

describe('header bar', () => {
  it('says which image is open and goes to its neighbours', async () => {
    const { app, text, named, click } = show(HeaderBar);
    expect(text()).toContain('1 of 3');
    expect(text()).toContain('photo_1.jpg');
    expect(named('Previous image').hasAttribute('disabled')).toBe(true);
    await click('Next image');
    expect(app.commands.stepImage).toHaveBeenCalledWith(1);
  });

  it('offers undo only when there is something to take back', async () => {
    const { app, named, drawn } = show(HeaderBar);
    expect(named('Undo').hasAttribute('disabled')).toBe(true);
    clickAndAnswer(app.store);
    await drawn();
    expect(named('Undo').hasAttribute('disabled')).toBe(false);
    expect(named('Redo').hasAttribute('disabled')).toBe(true);
  });

  it('says what the server does not have yet, and sends it again', async () => {
    const { app, text, click, drawn } = show(HeaderBar);
    expect(text()).toContain('Saved');
    app.store.apply(setSaveStatus('a', 'saving'));
    await drawn();
    expect(text()).toContain('Saving');
    app.store.apply(setSaveStatus('a', 'waiting'));
    await drawn();
    expect(text()).toContain('1 waiting');
    await click('Retry');
    expect(app.commands.retrySaves).toHaveBeenCalledOnce();
    app.store.apply(setSaveStatus('b', 'failed'));
    await drawn();
    expect(text()).toContain('1 not saved');
  });

  it('says that the server does not answer, and what waits for it', async () => {
    const app = makeApp();
    app.store.apply(setOnline(false));
    const { text, drawn } = show(HeaderBar, { app });
    expect(text()).toContain('Offline');
    app.store.apply(setSaveStatus('a', 'waiting'));
    app.store.apply(setSaveStatus('b', 'saving'));
    await drawn();
    expect(text()).toContain('Offline, 2 waiting');
  });

  it('leads to the image with an object that was changed elsewhere', async () => {
    const app = makeApp();
    app.store.apply(setConflict('a', { imageId: 2, theirs: null }));
    const { text, click } = show(HeaderBar, { app });
    expect(text()).toContain('1 changed elsewhere');
    await click('Show');
    expect(app.commands.openImage).toHaveBeenCalledExactlyOnceWith(2);
  });

  it('leads to the other places and says how far the image is', async () => {
    const { app, text, named, click } = show(HeaderBar);
    expect(text()).toContain('project 1');
    await click('Gallery');
    await click('Statistics');
    await click('Done, and to the next open image');
    const field = named('State of this image');
    Object.assign(field, { value: 'reviewed' });
    field.dispatchEvent(new Event('change', { bubbles: true }));
    expect(app.commands.showGallery).toHaveBeenCalledOnce();
    expect(app.commands.showStatistics).toHaveBeenCalledOnce();
    expect(app.commands.doneAndNext).toHaveBeenCalledOnce();
    expect(app.commands.markOpen).toHaveBeenCalledExactlyOnceWith('reviewed');
  });

  it('exports when there is something to export', async () => {
    const app = makeApp();
    const { click } = show(HeaderBar, { app });
    await click('Export');
    expect(app.commands.showExport).toHaveBeenCalledOnce();
    app.store.apply(setImages([]));
    expect(show(HeaderBar, { app }).named('Export').hasAttribute('disabled')).toBe(true);
  });
});
