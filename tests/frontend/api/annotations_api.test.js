import { describe, expect, it } from 'vitest';
import { createAnnotationsApi } from '../../../static/js/api/annotations_api.js';
import { makeRle } from '../session_builders.js';
import { fakeHttp } from './fake_http.js';

describe('annotations api', () => {
  it('calls each route once', async () => {
    const { calls, http } = fakeHttp({ annotations: [] });
    const api = createAnnotationsApi(http);
    const annotation = {
      category_id: 1,
      segmentation: makeRle(),
      model_id: null,
      predicted_iou: null,
      prompts: { points: [], box: null },
      low_res_logits: null,
    };
    expect(await api.list(4)).toEqual([]);
    await api.get(7);
    await api.create(4, annotation);
    await api.update(7, { category_id: 2 }, 3);
    await api.remove(7, null);
    await api.restore(7);
    expect(calls).toEqual([
      ['get', '/api/images/4/annotations'],
      ['get', '/api/annotations/7'],
      ['post', '/api/images/4/annotations?without=logits', annotation],
      ['patch', '/api/annotations/7?without=logits', { category_id: 2 }, 3],
      ['remove', '/api/annotations/7', null],
      ['post', '/api/annotations/7/restore?without=logits'],
    ]);
  });
});
