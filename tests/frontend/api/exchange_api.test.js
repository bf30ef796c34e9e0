import { expect, it } from 'vitest';
import { createExchangeApi } from '../../../static/js/api/exchange_api.js';
import { fakeHttp } from './fake_http.js';

it('begins exports and imports, asks for them, and confirms', async () => {
  const { calls, http } = fakeHttp();
  const api = createExchangeApi(http);
  await api.startExport({ format: 'coco' });
  await api.getExport(3);
  await api.getImport(4);
  await api.confirmImport(4);
  expect(calls).toEqual([
    ['post', '/api/exports', { format: 'coco' }],
    ['get', '/api/exports/3'],
    ['get', '/api/imports/4'],
    ['post', '/api/imports/4/confirm'],
  ]);
});

it('sends an annotation file for its trial, with the project', async () => {
  const { calls, http } = fakeHttp();
  await createExchangeApi(http).tryImport(new File(['{}'], 'a.json'), 7);
  const [[name, path, form]] = calls;
  expect([name, path]).toEqual(['post', '/api/imports?project=7']);
  expect(/** @type {File} */ (/** @type {FormData} */ (form).get('file')).name).toBe('a.json');
});
