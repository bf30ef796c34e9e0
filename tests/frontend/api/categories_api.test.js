import { describe, expect, it } from 'vitest';
import { createCategoriesApi } from '../../../static/js/api/categories_api.js';
import { fakeHttp } from './fake_http.js';

describe('categories api', () => {
  it('lists, adds, changes and deletes', async () => {
    const { calls, http } = fakeHttp({ categories: [] });
    const api = createCategoriesApi(http);
    expect(await api.list(3)).toEqual([]);
    await api.create({ name: 'cat', color: '#56b4e9' }, 3);
    await api.update(2, { name: 'dog' });
    await api.remove(2);
    expect(calls).toEqual([
      ['get', '/api/categories?project=3'],
      ['post', '/api/categories?project=3', { name: 'cat', color: '#56b4e9' }],
      ['patch', '/api/categories/2', { name: 'dog' }],
      ['remove', '/api/categories/2'],
    ]);
  });
});
