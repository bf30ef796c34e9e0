import { describe, expect, it } from 'vitest';
import { createTeamworkApi } from '../../../static/js/api/teamwork_api.js';
import { fakeHttp } from './fake_http.js';

describe('teamwork api', () => {
  it('reads, reviews, assigns, and says who is where', async () => {
    const { calls, http } = fakeHttp({ reviews: [], assignments: [], people: ['Ben'] });
    const api = createTeamworkApi(http);
    expect(await api.read(3)).toMatchObject({ reviews: [], assignments: [] });
    await api.review(1, { verdict: 'rejected', comment: 'why', annotation_id: 5 });
    expect(await api.assign(3, [1, 2], null)).toEqual([]);
    expect(await api.here(1)).toEqual(['Ben']);
    await api.leave(1);
    expect(calls).toEqual([
      ['get', '/api/projects/3/teamwork'],
      ['post', '/api/images/1/reviews', { verdict: 'rejected', comment: 'why', annotation_id: 5 }],
      ['post', '/api/projects/3/assignments', { image_ids: [1, 2], user_id: null }],
      ['post', '/api/images/1/presence'],
      ['remove', '/api/images/1/presence'],
    ]);
  });
});
