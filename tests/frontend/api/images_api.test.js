import { describe, expect, it } from 'vitest';
import { createImagesApi } from '../../../static/js/api/images_api.js';
import { makeImage } from '../session_builders.js';
import { fakeHttp } from './fake_http.js';

describe('images api', () => {
  it('lists, removes and fetches pixels', async () => {
    const images = [makeImage(1)];
    const { calls, http } = fakeHttp({ images });
    const api = createImagesApi(http);
    expect(await api.list(3)).toBe(images);
    await api.remove(1);
    await api.pixels(images[0]);
    await api.addFolder('/photos', 3);
    expect(calls).toEqual([
      ['get', '/api/images?project=3'],
      ['remove', '/api/images/1'],
      ['getBlob', '/api/images/1/pixels?v=1'],
      ['post', '/api/images/from-folder?project=3', { path: '/photos' }],
    ]);
  });

  it('finds one image and says how far it is', async () => {
    const { calls, http } = fakeHttp();
    await createImagesApi(http).get(4);
    await createImagesApi(http).setState(4, 'done');
    expect(calls).toEqual([
      ['get', '/api/images/4'],
      ['patch', '/api/images/4', { state: 'done' }],
    ]);
  });

  it('sends a file in a form, and gives a pasted one a name', async () => {
    const { calls, http } = fakeHttp();
    await createImagesApi(http).upload(new File(['x'], 'cat.jpg'), 3);
    await createImagesApi(http).upload(new File(['x'], ''), 3);
    const names = calls.map(([, , form]) => form instanceof FormData && /** @type {File} */ (form.get('file')).name);
    expect(names).toEqual(['cat.jpg', 'pasted.png']);
  });
});
