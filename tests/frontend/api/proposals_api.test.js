import { describe, expect, it } from 'vitest';
import { createProposalsApi } from '../../../static/js/api/proposals_api.js';
import { fakeHttp } from './fake_http.js';

describe('proposals api', () => {
  it('starts, follows, ends, and asks for the logits of one', async () => {
    const { calls, http } = fakeHttp({ low_res_logits: { shape: [1, 1], data: 'AAA=' } });
    const api = createProposalsApi(http);
    await api.request(3);
    await api.state(3);
    await api.cancel(3);
    expect(await api.logits(3, 7)).toEqual({ shape: [1, 1], data: 'AAA=' });
    await api.requestAll(2);
    await api.stateOfAll(2);
    await api.cancelAll(2);
    await api.queue(2, { predictedIou: 0.5, stability: 0.25 });
    await api.decide(3, { rejected: [1], accepted: [] });
    await api.requestBoxes(2, new File(['[]'], 'boxes.json'));
    expect(calls.map((call) => call.slice(0, 2))).toEqual([
      ['post', '/api/images/3/proposals'],
      ['get', '/api/images/3/proposals'],
      ['remove', '/api/images/3/proposals'],
      ['get', '/api/images/3/proposals/7/logits'],
      ['post', '/api/projects/2/proposals'],
      ['get', '/api/projects/2/proposals'],
      ['remove', '/api/projects/2/proposals'],
      ['get', '/api/projects/2/proposals/queue?predicted_iou=0.5&stability=0.25'],
      ['put', '/api/images/3/proposals/decisions'],
      ['post', '/api/projects/2/proposals/boxes'],
    ]);
    expect(calls.at(-2)?.[2]).toEqual({ rejected: [1], accepted: [] });
    const form = /** @type {FormData} */ (calls[calls.length - 1][2]);
    expect(form.get('file')).toBeInstanceOf(File);
  });
});
