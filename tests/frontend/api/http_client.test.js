import { describe, expect, it, vi } from 'vitest';
import { ApiError, NetworkError } from '../../../static/js/api/api_error.js';
import { createHttpClient } from '../../../static/js/api/http_client.js';

/** @param {() => Promise<Response>} respond what the server does */
function clientFor(respond) {
  const fetchFrom = vi.fn(/** @type {(path: string, init?: RequestInit) => Promise<Response>} */ (respond));
  return { fetchFrom, http: createHttpClient(fetchFrom) };
}

describe('http client', () => {
  it('sends and reads JSON', async () => {
    const { fetchFrom, http } = clientFor(async () => Response.json({ id: 1 }));
    expect(await http.post('/things', { name: 'a' })).toEqual({ id: 1 });
    expect(fetchFrom.mock.calls[0][1]).toEqual({
      method: 'POST',
      body: '{"name":"a"}',
      headers: { 'Content-Type': 'application/json' },
    });
  });

  it('sends a form as it is, and nothing when there is nothing', async () => {
    const { fetchFrom, http } = clientFor(async () => Response.json({}));
    const form = new FormData();
    await http.post('/files', form);
    await http.post('/start');
    await http.patch('/things/1', { a: 1 });
    await http.put('/things/1', { a: 1 });
    expect(fetchFrom.mock.calls[0][1]).toEqual({ method: 'POST', body: form });
    expect(fetchFrom.mock.calls[1][1]).toEqual({ method: 'POST' });
    expect(fetchFrom.mock.calls[2][1]?.method).toBe('PATCH');
    expect(fetchFrom.mock.calls[3][1]).toMatchObject({ method: 'PUT', body: '{"a":1}' });
  });

  it('names the revision that a change starts from', async () => {
    const { fetchFrom, http } = clientFor(async () => Response.json({}));
    await http.patch('/things/1', { a: 1 }, 3);
    await http.remove('/things/1', 4);
    await http.remove('/things/1', null);
    const headers = fetchFrom.mock.calls.map(([, init]) => init?.headers);
    expect(headers).toEqual([
      { 'Content-Type': 'application/json', 'If-Match': '"3"' },
      { 'If-Match': '"4"' },
      undefined,
    ]);
  });

  it('gives null for an empty answer, bytes and blobs as such', async () => {
    expect(await clientFor(async () => new Response(null, { status: 204 })).http.remove('/x')).toBeNull();
    const { http } = clientFor(async () => new Response(Uint8Array.from([1, 2])));
    expect(new Uint8Array(await http.getBytes('/x'))).toEqual(Uint8Array.from([1, 2]));
    expect((await http.getBlob('/x')).size).toBe(2);
  });

  it('rejects with the error of the server', async () => {
    const { http } = clientFor(async () =>
      Response.json({ error: { code: 'image_not_found', message: 'no', hint: '' } }, { status: 404 }),
    );
    await expect(http.get('/x')).rejects.toThrow(ApiError);
    await expect(http.getBytes('/x')).rejects.toMatchObject({ code: 'image_not_found', status: 404 });
  });

  it('rejects with a network error when nothing comes, or only a part', async () => {
    const { http } = clientFor(() => Promise.reject(new TypeError('failed to fetch')));
    await expect(http.get('/x')).rejects.toThrow(NetworkError);
    const cut = clientFor(async () => new Response('{"half":'));
    await expect(cut.http.get('/x')).rejects.toThrow(NetworkError);
  });
});
