// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setExporting } from '../../../static/js/state/actions/exchange_actions.js';
import { setSaveStatus } from '../../../static/js/state/actions/object_actions.js';
import { ExportDialog } from '../../../static/js/ui/export_dialog.js';
import { makeApp, show } from './ui_bench.js';

/** @import {ExportJson} from '../../../static/js/exchange_types.js' */

/** @type {ExportJson} */
const DONE = {
  id: 4,
  state: 'done',
  done: 6,
  total: 6,
  error: null,
  file_name: 'yolo.zip',
  byte_count: 1_234_567,
  url: '/api/exports/4/file',
  report: {
    format: 'yolo',
    images: 2,
    annotations: 1500,
    categories: 3,
    compared: 1500,
    parts: { train: 1, val: 1 },
    losses: [{ code: 'holes_filled', text: 'holes are filled', count: 7, annotation_ids: [1] }],
  },
};

/** @type {(find: (selector: string) => HTMLElement, drawn: () => Promise<void>) => Promise<void>} */
async function submit(find, drawn) {
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await drawn();
}

describe('export dialog', () => {
  it('exports exact COCO unless something else is chosen', async () => {
    const { app, find, drawn } = show(ExportDialog);
    await submit(find, drawn);
    expect(app.commands.startExport).toHaveBeenCalledExactlyOnceWith({
      format: 'coco',
      segmentation: 'rle',
      with_provenance: false,
    });
  });

  it('sends what was chosen, and for other formats only what they know', async () => {
    const { app, find, drawn } = show(ExportDialog);
    find('input[name=with_provenance]').click();
    await drawn();
    find('input[name=split]').click();
    await drawn();
    find('input[name=groups]').click();
    await drawn();
    const field = find('input[name=val_percent]');
    Object.assign(field, { value: '25' });
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
    const split = { val_percent: 25, test_percent: 10, seed: 0, groups: 'name_prefix' };
    await submit(find, drawn);
    expect(app.commands.startExport).toHaveBeenLastCalledWith({
      ...{ format: 'coco', segmentation: 'rle', with_provenance: true },
      split,
    });
    find('input[value=yolo]').click();
    await drawn();
    await submit(find, drawn);
    expect(app.commands.startExport).toHaveBeenLastCalledWith({ format: 'yolo', split });
  });

  it('says that something is not saved yet', async () => {
    const app = makeApp();
    app.store.apply(setSaveStatus('a', 'waiting'));
    expect(show(ExportDialog, { app }).text()).toContain('One change is not saved yet and will not be in the file');
  });

  it('shows the progress, then the report with the way to the file', async () => {
    const app = makeApp();
    app.store.apply(setExporting({ job: { ...DONE, state: 'running', done: 3 }, fileName: '', problem: null }));
    const { text, find, drawn, click } = show(ExportDialog, { app });
    expect(text()).toBe('Writing and reading back, 50 %');
    app.store.apply(setExporting({ job: DONE, fileName: 'yolo.zip', problem: null }));
    await drawn();
    expect(text()).toContain('1,500 masks were read back');
    expect(text()).toContain('Images in parts: train 1, val 1');
    expect(text()).toContain('7 × Holes are filled');
    expect(text()).toContain('1.2 MB');
    expect(find('a').getAttribute('href')).toBe('/api/exports/4/file');
    await click('Another export');
    expect(app.commands.showExport).toHaveBeenCalledOnce();
  });

  it('says so when nothing was lost, and why when it failed', async () => {
    const app = makeApp();
    const report = DONE.report && { ...DONE.report, losses: [], parts: {}, compared: 1 };
    app.store.apply(setExporting({ job: { ...DONE, report, byte_count: 900 }, fileName: '', problem: null }));
    const { text, drawn } = show(ExportDialog, { app });
    expect(text()).toContain('One mask was read back');
    expect(text()).toContain('Nothing was lost');
    app.store.apply(setExporting({ job: null, fileName: '', problem: { message: 'disk full', hint: 'free some' } }));
    await drawn();
    expect(text()).toContain('Disk full Free some');
  });
});
