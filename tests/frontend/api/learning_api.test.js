import { describe, expect, it } from 'vitest';
import { createLearningApi } from '../../../static/js/api/learning_api.js';
import { fakeHttp } from './fake_http.js';

describe('learning api', () => {
  it('reads everything at once, starts, resumes and ends runs, and chooses a model', async () => {
    const { calls, http } = fakeHttp({ some: 'thing' });
    const api = createLearningApi(http);
    const some = { some: 'thing' };
    expect(await api.read(3)).toEqual({ lessons: some, tuning: some, models: some });
    await api.start(3, 10);
    await api.resume();
    await api.cancel();
    await api.use('abc');
    expect(calls).toEqual([
      ['get', '/api/projects/3/lessons'],
      ['get', '/api/tuning'],
      ['get', '/api/models'],
      ['post', '/api/tuning', { project_id: 3, minutes: 10 }],
      ['post', '/api/tuning', { resume: true }],
      ['remove', '/api/tuning'],
      ['post', '/api/models/abc/use'],
    ]);
  });
});
