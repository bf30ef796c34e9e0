import { describe, expect, it } from 'vitest';
import { createEmbeddingsApi } from '../../../static/js/api/embeddings_api.js';
import { fakeHttp } from './fake_http.js';

describe('embeddings api', () => {
  it('asks for the model, starts, follows and fetches', async () => {
    const { calls, http } = fakeHttp();
    const api = createEmbeddingsApi(http);
    await api.model();
    await api.request(3);
    await api.state(3);
    await api.fetch('/api/images/3/embedding?v=abc');
    await api.fetchAgain('/api/images/3/embedding?v=abc');
    await api.expect(3);
    await api.release(3);
    expect(calls).toEqual([
      ['get', '/api/model'],
      ['post', '/api/images/3/embedding'],
      ['get', '/api/images/3/embedding/state'],
      ['getBytes', '/api/images/3/embedding?v=abc', { signal: undefined }],
      ['getBytes', '/api/images/3/embedding?v=abc', { cache: 'reload' }],
      ['post', '/api/images/3/embedding/expected'],
      ['remove', '/api/images/3/embedding'],
    ]);
  });
});

it('names a part of an image', async () => {
  const { calls, http } = fakeHttp();
  const api = createEmbeddingsApi(http);
  const crop = { x: 1, y: 2, width: 30, height: 40 };
  for (const ask of [api.request, api.state, api.expect, api.release]) await ask(3, crop);
  expect(calls.map(([, url]) => url)).toEqual(
    ['', '/state', '/expected', ''].map((what) => `/api/images/3/embedding${what}?crop=1,2,30,40`),
  );
});
