// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { setImporting } from '../../../static/js/state/actions/exchange_actions.js';
import { ImportDialog } from '../../../static/js/ui/import_dialog.js';
import { makeApp, show } from './ui_bench.js';

/** @import {ImportJson, ImportReportJson} from '../../../static/js/exchange_types.js' */

/** @type {ImportReportJson} */
const REPORT = {
  format: 'coco',
  is_dry_run: true,
  images: 3,
  images_found: 2,
  annotations: 12,
  added: 10,
  already_there: 1,
  new_categories: ['cat', 'dog'],
  notes: [{ code: 'mask_empty', text: 'empty masks were left out', count: 4, examples: ['a', 'b', 'c', 'd'] }],
};

/** @type {(report: Partial<ImportReportJson>) => ImportJson} */
const done = (report) => ({ id: 1, state: 'done', done: 12, total: 0, error: null, report: { ...REPORT, ...report } });

/**
 * @param {ImportJson | null} job what the server said
 * @param {{message: string, hint: string} | null} problem why it stopped
 */
function open(job, problem = null) {
  const app = makeApp();
  app.store.apply(setImporting({ job, fileName: 'a.json', problem }));
  return show(ImportDialog, { app });
}

describe('import dialog', () => {
  it('is empty before there is a file', () => {
    expect(show(ImportDialog).text()).toBe('');
  });

  it('shows what would come, and imports when that is wanted', async () => {
    const { app, text, click } = open(done({}));
    expect(text()).toContain('would bring. Nothing has been changed yet.');
    expect(text()).toContain('New classes: cat, dog');
    expect(text()).toContain('4 × Empty masks were left out a, b, c …');
    await click('Import 10 objects');
    expect(app.commands.confirmImport).toHaveBeenCalledOnce();
    await click('Cancel');
    expect(app.commands.showDialog).toHaveBeenCalledWith(null);
  });

  it('offers nothing to import when there is nothing', () => {
    expect(
      open(done({ added: 0 }))
        .named('Import 0 objects')
        .hasAttribute('disabled'),
    ).toBe(true);
  });

  it('says what was imported', async () => {
    const { app, text, click } = open(done({ is_dry_run: false, added: 1, notes: [], new_categories: [] }));
    expect(text()).toContain('1 object from a.json imported');
    await click('Close');
    expect(app.commands.showDialog).toHaveBeenCalledWith(null);
  });

  it('shows that the file is being read, and why it could not be', () => {
    expect(open(null).text()).toBe('Reading a.json');
    expect(open(null, { message: 'must be JSON', hint: 'check it' }).text()).toContain('was not imported');
  });
});
