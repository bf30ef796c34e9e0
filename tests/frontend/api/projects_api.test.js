import { describe, expect, it } from 'vitest';
import { createProjectsApi, projectFileUrl, statisticsFileUrl } from '../../../static/js/api/projects_api.js';
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
    await api.setOverlap(1, 'exclusive');
    await api.remove(1);
    await api.restore(1);
    await api.statistics(1);
    expect(calls).toEqual([
      ['get', '/api/projects'],
      ['get', '/api/projects/1'],
      ['post', '/api/projects', { name: 'cats' }],
      ['patch', '/api/projects/1', { name: 'dogs' }],
      ['patch', '/api/projects/1', { overlap: 'exclusive' }],
      ['remove', '/api/projects/1'],
      ['post', '/api/projects/1/restore'],
      ['get', '/api/projects/1/statistics'],
    ]);
    expect(statisticsFileUrl(1)).toBe('/api/projects/1/statistics.csv');
    expect(projectFileUrl(1)).toBe('/api/projects/1/backup');
  });

  it('sends the file of a project as a form', async () => {
    const project = makeProject(2);
    const { calls, http } = fakeHttp(project);
    const file = new File(['x'], 'cats.zip');
    expect(await createProjectsApi(http).addSaved(file)).toBe(project);
    const [[method, address, form]] = calls;
    expect([method, address]).toEqual(['post', '/api/projects/from-backup']);
    expect(/** @type {FormData} */ (form).get('file')).toMatchObject({ name: 'cats.zip' });
  });
});
