import { expect, it } from 'vitest';
import { setExporting, setImporting } from '../../../../static/js/state/actions/exchange_actions.js';
import { storeWithImages } from '../../session_builders.js';

it('shows an export and an import, each on its own', () => {
  const store = storeWithImages();
  const exchange = { job: null, fileName: 'a.json', problem: null };
  store.apply(setExporting(exchange));
  store.apply(setImporting(exchange));
  store.apply(setExporting(null));
  expect(store.get()).toMatchObject({ exporting: null, importing: exchange });
});
