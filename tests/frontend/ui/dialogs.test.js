// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { loadObjects } from '../../../static/js/state/actions/object_actions.js';
import { addNotice, showDialog } from '../../../static/js/state/actions/view_actions.js';
import { Dialogs } from '../../../static/js/ui/dialogs.js';
import { makeObject } from '../session_builders.js';
import { makeApp, show } from './ui_bench.js';

/** @param {'help' | 'folder' | 'removeImage'} dialog which one */
async function open(dialog) {
  const app = makeApp();
  app.store.apply(loadObjects(1, [makeObject('a'), makeObject('b')]));
  app.store.apply(showDialog(dialog));
  const page = show(Dialogs, { app });
  await page.drawn();
  return page;
}

describe('dialogs', () => {
  it('are not there until they are asked for', () => {
    expect(show(Dialogs).text()).toBe('');
  });

  it('show the keys', async () => {
    const { app, text, click } = await open('help');
    expect(text()).toContain('Accept the object');
    await click('Close');
    expect(app.commands.showDialog).toHaveBeenCalledWith(null);
  });

  it('add the folder that was typed, and stay open when the server refuses it', async () => {
    const { app, find, named, text, drawn } = await open('folder');
    expect(named('Add folder').hasAttribute('disabled')).toBe(true);
    const field = find('input[name=path]');
    Object.assign(field, { value: ' /photos ' });
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
    vi.mocked(app.commands.addFolder).mockImplementationOnce(async () => {
      app.store.apply(addNotice({ tone: 'error', message: 'paths must lie inside', hint: 'move it' }));
      return false;
    });
    find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await drawn();
    expect(app.commands.addFolder).toHaveBeenCalledWith('/photos');
    expect(app.commands.showDialog).not.toHaveBeenCalled();
    expect(text()).toContain('Paths must lie inside Move it');
    find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await drawn();
    expect(app.commands.showDialog).toHaveBeenCalledWith(null);
  });

  it('ask before an image leaves with its objects', async () => {
    const { app, find, text } = await open('removeImage');
    expect(text()).toContain('The photograph and its 2 objects leave');
    find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    expect(app.commands.removeImage).toHaveBeenCalledWith(1);
  });
});
