import { describe, expect, it } from 'vitest';
import { ApiError, NetworkError, readApiError } from '../../../static/js/api/api_error.js';

describe('api errors', () => {
  it('carry the words of the server', async () => {
    const body = { error: { code: 'image_too_large', message: 'too many pixels', hint: 'make it smaller' } };
    const error = await readApiError(Response.json(body, { status: 413 }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'image_too_large',
      message: 'too many pixels',
      hint: 'make it smaller',
      status: 413,
    });
  });

  it('carry what is saved instead', async () => {
    const body = { error: { code: 'revision_conflict', message: 'changed' }, current: { id: 3 } };
    expect(await readApiError(Response.json(body, { status: 409 }))).toMatchObject({ hint: '', current: { id: 3 } });
  });

  it.each([
    ['text', new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['another shape', Response.json({ detail: 'no' }, { status: 500 })],
    ['null', Response.json(null, { status: 500 })],
  ])('name the status when the body is %s', async (_, response) => {
    const error = await readApiError(response);
    expect(error.code).toBe('unexpected_response');
    expect(error.message).toContain(String(response.status));
  });

  it('tell a lost connection apart', () => {
    const error = new NetworkError(new TypeError('failed to fetch'));
    expect(error).toMatchObject({ name: 'NetworkError', code: 'server_unreachable' });
    expect(error.hint).toContain('unsaved work');
  });
});
