import { describe, expect, it } from 'vitest';
import { createProjectsApi, statisticsFileUrl } from '../../../static/js/api/projects_api.js';
import { makeProject } from '../session_builders.js';
import { fakeHttp } from './fake_http.js';

describe('projects api', () => {
  it('lists, makes, renames, deletes and restores', async () => {
    const projects = [makeProject(1)];
    const { calls, http } = fakeHttp({ projects });
    const api = createProjectsApi(http);
    expect(await api.list()).toBe(projects);
    await api.get(1);
    await api.create('cats');
    await api.rename(1, 'dogs');
    await api.remove(1);
    await api.restore(1);
    await api.statistics(1);
    expect(calls).toEqual([
      ['get', '/api/projects'],
      ['get', '/api/projects/1'],
      ['post', '/api/projects', { name: 'cats' }],
      ['patch', '/api/projects/1', { name: 'dogs' }],
      ['remove', '/api/projects/1'],
      ['post', '/api/projects/1/restore'],
      ['get', '/api/projects/1/statistics'],
    ]);
    expect(statisticsFileUrl(1)).toBe('/api/projects/1/statistics.csv');
  });
});
