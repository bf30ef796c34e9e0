import { describe, expect, it, vi } from 'vitest';
import { createExchange, sortFiles } from '../../../static/js/services/exchange.js';
import { storeWithImages } from '../session_builders.js';

/** @import {ExchangeApi} from '../../../static/js/api/exchange_api.js' */

const WAITING = { id: 5, state: 'waiting', done: 0, total: 0, error: null, report: null };
const DONE = { ...WAITING, state: 'done', report: { is_dry_run: true, added: 2 } };
const FAILED = {
  ...WAITING,
  state: 'failed',
  error: { code: 'json_damaged', message: 'must be JSON', hint: 'check it' },
};

function makeExchange() {
  const store = storeWithImages();
  const api = {
    startExport: vi.fn(async () => /** @type {unknown} */ (WAITING)),
    getExport: vi.fn(async () => /** @type {unknown} */ ({ ...DONE, file_name: 'annotations.json' })),
    tryImport: vi.fn(async () => /** @type {unknown} */ (WAITING)),
    getImport: vi.fn(async () => /** @type {unknown} */ (DONE)),
    confirmImport: vi.fn(async () => /** @type {unknown} */ ({ ...WAITING, id: 6 })),
  };
  const onImported = vi.fn(async () => {});
  const pause = vi.fn(async () => {});
  const exchange = createExchange({
    store,
    api: /** @type {ExchangeApi} */ (/** @type {unknown} */ (api)),
    onImported,
    pause,
  });
  return { store, api, onImported, pause, exchange };
}

const FILE = new File(['{}'], 'a.json');

describe('exchange', () => {
  it('follows an export of the open project until it is done, asking less and less often', async () => {
    const { store, api, pause, exchange } = makeExchange();
    for (let time = 0; time < 5; time += 1) api.getExport.mockResolvedValueOnce({ ...WAITING, state: 'running' });
    await exchange.startExport({ format: 'yolo' });
    expect(api.startExport).toHaveBeenCalledExactlyOnceWith({ format: 'yolo', project_id: store.get().projectId });
    expect(pause.mock.calls.flat()).toEqual([100, 200, 400, 800, 1000, 1000]);
    expect(store.get().exporting).toMatchObject({
      job: { state: 'done' },
      fileName: 'annotations.json',
      problem: null,
    });
  });

  it('shows why an export failed, on the server or on the way to it', async () => {
    const { store, api, exchange } = makeExchange();
    api.getExport.mockResolvedValueOnce(FAILED);
    await exchange.startExport({ format: 'coco' });
    expect(store.get().exporting?.problem).toMatchObject({ message: 'must be JSON', hint: 'check it' });
    api.startExport.mockRejectedValueOnce(new Error('down'));
    await exchange.startExport({ format: 'coco' });
    expect(store.get().exporting?.problem?.message).toBe('down');
  });

  it('tries a file first, and brings the masks in when it is confirmed', async () => {
    const { store, api, onImported, exchange } = makeExchange();
    await exchange.tryImport(FILE);
    expect(store.get()).toMatchObject({ dialog: 'import', importing: { fileName: 'a.json', job: { id: 5 } } });
    expect(onImported).not.toHaveBeenCalled();
    api.getImport.mockResolvedValueOnce({ ...DONE, id: 6, report: { is_dry_run: false } });
    await exchange.confirmImport();
    expect(api.confirmImport).toHaveBeenCalledExactlyOnceWith(5);
    expect(onImported).toHaveBeenCalledOnce();
    await exchange.confirmImport();
    expect(api.confirmImport).toHaveBeenCalledOnce();
  });

  it('brings nothing in when the import failed', async () => {
    const { store, api, onImported, exchange } = makeExchange();
    await exchange.confirmImport();
    await exchange.tryImport(FILE);
    api.getImport.mockResolvedValueOnce(FAILED);
    await exchange.confirmImport();
    expect(onImported).not.toHaveBeenCalled();
    expect(store.get().importing?.problem?.message).toBe('must be JSON');
  });

  it('tells annotation files from photographs by their names', () => {
    const [photo, other] = [new File([''], 'a.jpg'), new File([''], 'b.JSON')];
    expect(sortFiles([photo, other, FILE])).toEqual({ annotationFile: other, photographs: [photo] });
    const archive = new File([''], 'labels.zip');
    expect(sortFiles([archive, photo])).toEqual({ annotationFile: archive, photographs: [photo] });
    expect(sortFiles([photo])).toEqual({ annotationFile: null, photographs: [photo] });
  });
});
